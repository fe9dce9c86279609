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
     * @param estimated the pixels, which give the colours, and their depth
     * @param mapping how depth becomes metres
     * @param stride 1 keeps every row and column
     */
    PointCloud lift(EstimatedImage estimated, MetresMapping mapping, int stride) {
        float[] depth = estimated.depthMap();
        RgbImage image = estimated.image();
        LiftingParameters parameters = estimated.parameters();
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
