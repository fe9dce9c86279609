package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.lifting.scale.CameraScale;
import io.liftstream.lifting.scale.ScaledFrame;
import io.liftstream.lifting.scale.SteadyScale;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * Runs what keeps scratch memory in a heap that is full but for a little more each time, so that
 * each of its allocations fails once; then again with room, and compares. Needs a JVM of its own.
 */
final class FullHeap {
    private static final int POINTS = 20_000;
    private static final long TIMEOUT_MILLIS = 30_000;

    private FullHeap() {}

    /** Prints for each how often the heap was too full, and how often it was wrong afterwards. */
    public static void main(String[] arguments) {
        endInTime();
        byte[] wanted = thinned(new VoxelGrid(), POINTS);
        report(
                "VoxelGrid",
                100 << 10,
                () -> {
                    VoxelGrid grid = new VoxelGrid();
                    thinned(grid, 10);
                    return () -> Arrays.equals(thinned(grid, POINTS), wanted);
                });
        ScaledFrame small = frame(12, 9);
        ScaledFrame large = frame(192, 144);
        CameraScale memory = scaled(large);
        report(
                "SteadyScale",
                8 << 10,
                () -> {
                    SteadyScale scale = new SteadyScale(SteadyScaleSettings.DEFAULT);
                    scale.next(null, small);
                    return () -> isEqual(scale.next(null, large).memory(), memory);
                });
    }

    /** What is wrong afterwards may also never return. */
    private static void endInTime() {
        Timer timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        Runtime.getRuntime().halt(1);
                    }
                },
                TIMEOUT_MILLIS);
    }

    private static CameraScale scaled(ScaledFrame frame) {
        return new SteadyScale(SteadyScaleSettings.DEFAULT).next(null, frame).memory();
    }

    private static void report(String name, int step, Supplier<Supplier<Boolean>> used) {
        int full = 0;
        int wrong = 0;
        boolean fits = false;
        for (int room = step; !fits; room += step) {
            Supplier<Boolean> next = used.get();
            fits = fits(room, next);
            full += fits ? 0 : 1;
            wrong += isRight(next) ? 0 : 1;
        }
        System.out.println(name + " full " + (full > 3) + " wrong " + wrong);
    }

    /** Whether so many bytes of the heap are enough. */
    private static boolean fits(int room, Supplier<Boolean> next) {
        List<byte[]> ballast = new ArrayList<>(1 << 17);
        ballast.add(new byte[room]);
        for (int block = 1 << 20; block >= 1 << 10; block >>= 1) {
            fill(ballast, block);
        }
        ballast.set(0, null);
        try {
            return next.get();
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            Reference.reachabilityFence(ballast);
        }
    }

    private static void fill(List<byte[]> ballast, int block) {
        try {
            while (true) {
                ballast.add(new byte[block]);
            }
        } catch (OutOfMemoryError e) {
            // Blocks of half the size may still find room.
        }
    }

    private static boolean isRight(Supplier<Boolean> next) {
        try {
            return next.get();
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static byte[] thinned(VoxelGrid grid, int count) {
        CloudPoints line =
                new CloudPoints() {
                    @Override
                    public int count(int stride) {
                        return count;
                    }

                    @Override
                    public void pack(int stride, byte[] target, int offset) {
                        for (int point = 0; point < count; point++) {
                            PointCloud.FLOATS.set(target, 16 * point, (float) point);
                        }
                    }
                };
        byte[] data = new byte[PointCloud.POINT_BYTES * grid.thin(line, 1, 2)];
        grid.write(data, 0);
        return new PointCloud(data, Axes.OPTICAL).data();
    }

    private static ScaledFrame frame(int width, int height) {
        float[] depth = new float[width * height];
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = i % 97;
            rgb[3 * i] = (byte) i;
        }
        return new ScaledFrame("model", 1, 0, width, height, depth, rgb, null);
    }

    private static boolean isEqual(CameraScale first, CameraScale second) {
        return first.lo() == second.lo()
                && first.hi() == second.hi()
                && Arrays.equals(first.reference(), second.reference())
                && Arrays.equals(first.agreement(), second.agreement());
    }
}
