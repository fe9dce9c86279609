package io.liftstream.lifting;

import io.liftstream.image.RgbImage;
import java.util.Arrays;

/**
 * Lifts a depth map and its image into a coloured cloud. Keeps its scratch memory; not thread safe.
 */
final class PointCloudLifter {
    private float[] metres = new float[0];

    /**
     * Lifts every {@code stride}-th row and column.
     *
     * @param depth row-major, at the image's size
     * @param image gives the colours
     * @param mapping how depth becomes metres
     * @param parameters intrinsics, axes and depth_trunc
     * @param stride 1 keeps every row and column
     */
    PointCloud lift(
            float[] depth,
            RgbImage image,
            MetresMapping mapping,
            LiftingParameters parameters,
            int stride) {
        if (metres.length < depth.length) {
            metres = new float[depth.length];
        }
        mapping.write(depth, metres);
        Unprojector unprojector =
                new Unprojector(
                        parameters.intrinsics(), parameters.axes(), parameters.depthTrunc());
        int[] counts = unprojector.countRows(metres, image.width(), image.height(), stride);
        PackedPoints points = new PackedPoints(image.rgb(), Arrays.stream(counts).sum());
        unprojector.unproject(metres, image.width(), stride, counts, points);
        return new PointCloud(points.data(), parameters.axes());
    }
}
