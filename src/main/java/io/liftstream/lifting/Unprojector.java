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
    private final double depthTrunc;

    /** Points at or beyond depthTrunc metres are dropped. */
    Unprojector(Intrinsics intrinsics, Axes axes, double depthTrunc) {
        this.intrinsics = intrinsics;
        this.upSign = axes == Axes.OPENGL ? -1 : 1;
        this.depthTrunc = depthTrunc;
    }

    /**
     * Hands over every pixel of every {@code stride}-th row and column with {@code 0 < z <
     * depthTrunc}, rows from the top, each from the left.
     *
     * @param metres row-major distances along the optical axis
     * @param width columns
     * @param height rows
     * @param stride 1 keeps every row and column
     */
    void unproject(float[] metres, int width, int height, int stride, PointSink sink) {
        for (int row = 0; row < height; row += stride) {
            double rowOffset = row - intrinsics.cy();
            for (int column = 0; column < width; column += stride) {
                int pixel = row * width + column;
                double z = metres[pixel];
                if (z > 0 && z < depthTrunc) {
                    double x = (column - intrinsics.cx()) * z / intrinsics.fx();
                    double y = rowOffset * z / intrinsics.fy();
                    sink.add(pixel, x, upSign * y, upSign * z);
                }
            }
        }
    }

    /** Number of points that {@link #unproject} hands over. */
    int count(float[] metres, int width, int height, int stride) {
        int count = 0;
        for (int row = 0; row < height; row += stride) {
            int end = row * width + width;
            for (int pixel = row * width; pixel < end; pixel += stride) {
                double z = metres[pixel];
                count += z > 0 && z < depthTrunc ? 1 : 0;
            }
        }
        return count;
    }
}
