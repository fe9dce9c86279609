package io.liftstream.cli.page;

import io.liftstream.frame.Axes;
import io.liftstream.lifting.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * A cloud as a page draws it: thinned, and each coordinate a 16-bit step of the cloud's own box,
 * which is 0.15 mm for a box of 10 m. Axes are OpenGL's (x right, y up, z backward), whatever the
 * cloud's. Little-endian, in this order:
 *
 * <ul>
 *   <li>uint32: the number of points kept
 *   <li>uint32: the number of points before thinning
 *   <li>float32 x, y, z: the least corner of the box, metres
 *   <li>float32 x, y, z: the lengths of the box's sides, metres
 *   <li>float32: what lies between neighbouring points kept, seen by the camera: the tangent of the
 *       angle
 *   <li>uint16 x, y, z of each point: 0 is the least corner, 65535 the opposite one
 *   <li>uint8 red, green, blue of each point
 * </ul>
 *
 * @param points number of points kept
 * @param totalPoints number of points before thinning
 * @param data the bytes above
 */
public record PageCloud(int points, int totalPoints, byte[] data) {
    /** Bytes before the first point. */
    static final int HEADER_BYTES = 36;

    /** Bytes of each point. */
    static final int POINT_BYTES = 9;

    private static final int LARGEST_STEP = 65535;

    /**
     * Thins a cloud to what a page can draw. One point of each run of neighbours is kept, at a
     * place in the run that changes from run to run: always the same place would show as stripes.
     * Points that are not finite are left out.
     *
     * @param cloud any cloud
     * @param spacing what lies between neighbouring points of the cloud, seen by its camera: the
     *     tangent of the angle, which for a cloud of every pixel is 1 / fx
     * @param maxPoints the largest number of points to keep, at least 1
     * @return the thinned cloud
     */
    public static PageCloud of(PointCloud cloud, double spacing, int maxPoints) {
        int[] kept = finite(cloud, thinned(cloud.count(), maxPoints));
        float[] least = {0, 0, 0};
        float[] side = {0, 0, 0};
        box(cloud, kept, least, side);
        ByteBuffer data =
                ByteBuffer.allocate(HEADER_BYTES + kept.length * POINT_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(kept.length).putInt(cloud.count());
        for (float corner : least) {
            data.putFloat(corner);
        }
        for (float length : side) {
            data.putFloat(length);
        }
        double thinning = Math.sqrt((double) cloud.count() / Math.max(1, kept.length));
        data.putFloat((float) (spacing * thinning));
        putSteps(cloud, kept, least, side, data);
        for (int point : kept) {
            data.put((byte) cloud.red(point));
            data.put((byte) cloud.green(point));
            data.put((byte) cloud.blue(point));
        }
        return new PageCloud(kept.length, cloud.count(), data.array());
    }

    /** {@return how many points are shown, and of how many, for people} */
    public String countText() {
        return points == totalPoints
                ? String.format(Locale.ROOT, "cloud: %,d points", points)
                : String.format(Locale.ROOT, "cloud: %,d of its %,d points", points, totalPoints);
    }

    private static int[] thinned(int count, int maxPoints) {
        int keep = Math.min(count, maxPoints);
        int[] kept = new int[keep];
        for (int i = 0; i < keep; i++) {
            long from = (long) count * i / keep;
            long to = (long) count * (i + 1) / keep;
            kept[i] = (int) (from + Integer.toUnsignedLong(i * 0x9E3779B9) % (to - from));
        }
        return kept;
    }

    private static int[] finite(PointCloud cloud, int[] points) {
        int count = 0;
        for (int point : points) {
            float sum = cloud.x(point) + cloud.y(point) + cloud.z(point);
            if (Float.isFinite(sum)) {
                points[count++] = point;
            }
        }
        return Arrays.copyOf(points, count);
    }

    private static void box(PointCloud cloud, int[] points, float[] least, float[] side) {
        for (int axis = 0; axis < 3; axis++) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int point : points) {
                float value = coordinate(cloud, point, axis);
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            if (points.length > 0) {
                least[axis] = min;
                side[axis] = max - min;
            }
        }
    }

    private static void putSteps(
            PointCloud cloud, int[] points, float[] least, float[] side, ByteBuffer data) {
        for (int point : points) {
            for (int axis = 0; axis < 3; axis++) {
                float share =
                        side[axis] > 0
                                ? (coordinate(cloud, point, axis) - least[axis]) / side[axis]
                                : 0;
                data.putShort((short) Math.round(share * LARGEST_STEP));
            }
        }
    }

    private static float coordinate(PointCloud cloud, int point, int axis) {
        float optical = cloud.axes() == Axes.OPTICAL ? -1 : 1;
        return switch (axis) {
            case 0 -> cloud.x(point);
            case 1 -> optical * cloud.y(point);
            default -> optical * cloud.z(point);
        };
    }
}
