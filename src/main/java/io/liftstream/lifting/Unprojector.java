package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.frame.Intrinsics;

/**
 * Unprojects pixels with a distance through a pinhole: {@code x = (column - cx) z / fx}, {@code y =
 * (row - cy) z / fy}, evaluated in double from left to right as Open3D does.
 */
final class Unprojector {
    private final Intrinsics intrinsics;
    private final double upSign;
    private final float end;

    /** Points at or beyond depthTrunc metres are dropped. */
    Unprojector(Intrinsics intrinsics, Axes axes, double depthTrunc) {
        this.intrinsics = intrinsics;
        this.upSign = axes == Axes.OPENGL ? -1 : 1;
        this.end = end(depthTrunc);
    }

    /** The least float not below depthTrunc: a distance is below both or neither. */
    static float end(double depthTrunc) {
        float nearest = (float) depthTrunc;
        return nearest < depthTrunc ? Math.nextUp(nearest) : nearest;
    }

    /**
     * Hands over every pixel of every {@code stride}-th row and column with {@code 0 < z <
     * depthTrunc}, rows from the top, each from the left.
     *
     * @param metres row-major distances along the optical axis
     * @param width columns
     * @param stride 1 keeps every row and column
     * @param counts what {@link #countRows} says
     */
    void unproject(float[] metres, int width, int stride, int[] counts, PointSink sink) {
        double[] columnOffsets = columnOffsets(width);
        double[] x = new double[width];
        double[] y = new double[width];
        double[] z = new double[width];
        for (int i = 0; i < counts.length; i++) {
            int row = i * stride;
            int start = row * width;
            for (int column = 0; column < width; column++) {
                z[column] = metres[start + column];
            }
            divide(columnOffsets, z, intrinsics.fx(), x);
            divide(row - intrinsics.cy(), z, upSign * intrinsics.fy(), y);
            if (counts[i] == width) {
                addAll(start, x, y, z, sink);
            } else {
                addKept(metres, start, stride, x, y, z, sink);
            }
        }
    }

    // Most rows keep every pixel. Without the test for each, a whole cloud takes a tenth less time.
    private void addAll(int start, double[] x, double[] y, double[] z, PointSink sink) {
        for (int column = 0; column < x.length; column++) {
            sink.add(start + column, x[column], y[column], upSign * z[column]);
        }
    }

    private void addKept(
            float[] metres,
            int start,
            int stride,
            double[] x,
            double[] y,
            double[] z,
            PointSink sink) {
        for (int column = 0; column < x.length; column += stride) {
            if (isKept(metres[start + column])) {
                sink.add(start + column, x[column], y[column], upSign * z[column]);
            }
        }
    }

    private double[] columnOffsets(int width) {
        double[] offsets = new double[width];
        for (int column = 0; column < width; column++) {
            offsets[column] = column - intrinsics.cx();
        }
        return offsets;
    }

    // Loops of their own, without branches: the compiler turns them into vector divisions.
    private static void divide(double[] offsets, double[] z, double focal, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = offsets[i] * z[i] / focal;
        }
    }

    private static void divide(double offset, double[] z, double focal, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = offset * z[i] / focal;
        }
    }

    /** Numbers of points that {@link #unproject} hands over, of every {@code stride}-th row. */
    int[] countRows(float[] metres, int width, int height, int stride) {
        int[] counts = new int[(height + stride - 1) / stride];
        for (int i = 0; i < counts.length; i++) {
            int start = i * stride * width;
            int count = 0;
            for (int pixel = start; pixel < start + width; pixel += stride) {
                count += isKept(metres[pixel]) ? 1 : 0;
            }
            counts[i] = count;
        }
        return counts;
    }

    private boolean isKept(float z) {
        return z > 0 && z < end;
    }
}
