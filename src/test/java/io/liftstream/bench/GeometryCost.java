package io.liftstream.bench;

import io.liftstream.files.GlbFile;
import io.liftstream.files.draco.DracoDecoder;
import io.liftstream.files.draco.DracoEncoder;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.CameraOptics;
import io.liftstream.lifting.CloudPoints;
import io.liftstream.lifting.DepthRange;
import io.liftstream.lifting.DepthSource;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.LiftingParameters;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.VoxelGrid;
import io.liftstream.lifting.WantedOutputs;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.RayTable;
import io.liftstream.lifting.calibration.Rays;
import io.liftstream.lifting.scale.CameraScale;
import io.liftstream.lifting.scale.DepthSamples;
import io.liftstream.lifting.scale.ScaledFrame;
import io.liftstream.lifting.scale.SteadyScale;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.lifting.scale.TemporalError;
import io.liftstream.lifting.surface.DepthEdges;
import io.liftstream.lifting.surface.GridMesh;
import io.liftstream.lifting.surface.MeshSettings;
import io.liftstream.lifting.surface.SurfaceMesh;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the geometry of video costs: the processor time of one thread for a frame of 640x480 pixels,
 * which other load on the machine hardly changes. README.md has the figures and the command.
 */
public final class GeometryCost {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final float END = 10;
    private static final double MILLIS = 1e6;
    private static final double MILLIMETRES = 1e3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Intrinsics INTRINSICS = new Intrinsics(525, 525, 319.5, 239.5);

    private final int rounds;
    private final RenderedFrame frame = StillCamera.of(3, SceneFamily.ROOM, WIDTH, HEIGHT).frame(0);
    private final RgbImage picture = new RgbImage(WIDTH, HEIGHT, frame.rgb());
    private final float[] inverse = new float[WIDTH * HEIGHT];
    private final float[] metres = new float[WIDTH * HEIGHT];
    private final TemporalError error = new TemporalError();
    private final SteadyScale scale = new SteadyScale(SteadyScaleSettings.DEFAULT);
    private CameraScale memory;
    private long index;

    private GeometryCost(int rounds) {
        this.rounds = rounds;
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / frame.depthMetres()[i];
        }
    }

    /** Work that is measured. */
    @FunctionalInterface
    private interface Work {
        /** {@return a number that depends on the result, so that the work is done} */
        long run();
    }

    /**
     * Measures and prints a table.
     *
     * @param args how many frames each; default 400
     */
    public static void main(String[] args) {
        new GeometryCost(args.length == 0 ? 400 : Integer.parseInt(args[0])).run();
    }

    private void run() {
        measure("steady scale", this::steadyScale);
        // In place, as the job does it, on distances that are made for each frame.
        measure("edge filter", this::copyMetres, edges());
        measure("ray table, once for a calibration and a size", () -> table().rays());
        measureClouds();
        for (int step : new int[] {1, 2, 4}) {
            measure("mesh, step " + step, () -> mesh(step).triangleCount());
            SurfaceMesh mesh = mesh(step);
            measure("its GLB file", () -> GlbFile.encode(mesh, picture).length);
            System.out.printf(
                    "  %d vertices, %d triangles, %d bytes%n",
                    mesh.vertexCount(), mesh.triangleCount(), GlbFile.encode(mesh, picture).length);
        }
    }

    private void measureClouds() {
        measure("temporal error", this::temporalError);
        CloudPoints straight = points(null);
        byte[] packed = new byte[PointCloud.POINT_BYTES * WIDTH * HEIGHT];
        measure("cloud of a pinhole", () -> pack(straight, packed));
        CloudPoints bent = points(lens());
        measure("cloud on the rays of a lens", () -> pack(bent, packed));
        measureDraco(straight, packed);
        VoxelGrid voxels = new VoxelGrid();
        for (double edge : new double[] {0.005, 0.01, 0.02, 0.05}) {
            measure(
                    "cloud with a point for each cube of " + edge + " m",
                    () -> {
                        int left = voxels.thin(straight, 1, edge);
                        voxels.write(packed, 0);
                        return left;
                    });
            System.out.printf(
                    "  %d points, %d bytes%n",
                    voxels.thin(straight, 1, edge),
                    PointCloud.POINT_BYTES * voxels.thin(straight, 1, edge));
        }
    }

    private void measureDraco(CloudPoints points, byte[] packed) {
        DracoEncoder draco = new DracoEncoder();
        int count = points.count(1);
        measure(
                "the cloud of a pinhole as a Draco file",
                () -> {
                    points.pack(1, packed, 0);
                    draco.encode(packed, count);
                    return draco.size();
                });
        byte[] file = new byte[draco.size()];
        draco.write(file, 0);
        measure("reading it", () -> DracoDecoder.decode(file, count)[packed.length / 2]);
        System.out.printf(
                "  %d points, %d bytes, at most %.3f mm off%n",
                count, file.length, draco.step() / 2 * MILLIMETRES);
    }

    private long temporalError() {
        return Double.doubleToLongBits(
                error.next(DepthSamples.of(frame.rgb(), frame.depthMetres(), WIDTH, HEIGHT, END)));
    }

    private static long pack(CloudPoints points, byte[] packed) {
        int count = points.count(1);
        points.pack(1, packed, 0);
        return (long) count + packed[packed.length / 2];
    }

    private CloudPoints points(CameraCalibration lens) {
        EstimatedImage image =
                EstimatedImage.of(
                        picture,
                        new ImageSize(WIDTH, HEIGHT),
                        frame.depthMetres(),
                        DepthRange.ofFinite(frame.depthMetres()),
                        DepthSource.SUPPLIED,
                        new LiftingParameters(
                                INTRINSICS,
                                1000,
                                END,
                                DepthMapping.METRIC,
                                0.5,
                                END,
                                null,
                                Axes.OPTICAL,
                                0,
                                new MeshSettings(2, 85, DepthEdges.DEFAULT_MAX_JUMP)),
                        new WantedOutputs(false, true, false, false));
        return new ImageLifter()
                .lift(lens == null ? image : new CameraOptics().calibrated(image, lens))
                .points();
    }

    private long steadyScale() {
        ScaledFrame scaled =
                new ScaledFrame(
                        "m", 0, index++ * 33_333_333, WIDTH, HEIGHT, inverse, frame.rgb(), null);
        SteadyScale.Step step = scale.next(memory, scaled);
        memory = step.memory();
        if (step.correction() != null) {
            step.correction().apply(inverse, metres);
        }
        return Double.doubleToLongBits(step.scale().hi());
    }

    private Work edges() {
        DepthEdges edges = new DepthEdges();
        return () -> edges.remove(metres, WIDTH, HEIGHT, DepthEdges.DEFAULT_MAX_JUMP, END);
    }

    private void copyMetres() {
        System.arraycopy(frame.depthMetres(), 0, metres, 0, metres.length);
    }

    private SurfaceMesh mesh(int step) {
        return GridMesh.of(
                frame.depthMetres(),
                WIDTH,
                HEIGHT,
                Rays.ofPinhole(INTRINSICS),
                Axes.OPTICAL,
                END,
                new MeshSettings(step, 85, DepthEdges.DEFAULT_MAX_JUMP));
    }

    private static CameraCalibration lens() {
        return new CameraCalibration(
                WIDTH,
                HEIGHT,
                INTRINSICS,
                LensModel.PLUMB_BOB,
                List.of(-0.32, 0.12, 0.001, -0.0008, -0.02));
    }

    private static RayTable table() {
        return lens().rays(WIDTH, HEIGHT);
    }

    private void measure(String name, Work work) {
        measure(name, () -> {}, work);
    }

    private void measure(String name, Runnable unmeasured, Work work) {
        List<Double> millis = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            unmeasured.run();
            long start = THREADS.getCurrentThreadCpuTime();
            sum += work.run();
            millis.add((THREADS.getCurrentThreadCpuTime() - start) / MILLIS);
        }
        double[] late =
                millis.subList(rounds / 2, rounds).stream().mapToDouble(d -> d).sorted().toArray();
        System.out.printf(
                "%s: median %.2f ms, least %.2f ms (%d)%n",
                name, late[late.length / 2], late[0], Arrays.hashCode(new long[] {sum}) & 1);
    }
}
