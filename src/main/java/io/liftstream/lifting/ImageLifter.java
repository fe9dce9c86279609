package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;

/**
 * Makes the geometry of images whose depth is known: extremes, depth image, cloud. Keeps scratch
 * memory between calls; not thread safe. Results share none of it.
 */
public final class ImageLifter {
    private final PointCloudLifter lifter = new PointCloudLifter();

    /**
     * Lifts one image.
     *
     * @param image with its depth
     * @return the depth map and what else is wanted
     */
    public DepthEstimationResult lift(EstimatedImage image) {
        LiftingParameters parameters = image.parameters();
        MetresMapping mapping = mapping(image);
        PointCloud cloud = image.returnPointCloud() ? lifter.lift(image, mapping, 1) : null;
        return new DepthEstimationResult(
                image.image().width(),
                image.image().height(),
                image.depthMap(),
                image.range().min(),
                image.range().max(),
                image.returnDepthImage() ? DepthImage.of(image.depthMap(), image.range()) : null,
                cloud,
                image.source().file(),
                image.source().identity(),
                parameters.intrinsics(),
                parameters.mapping(),
                parameters.axes(),
                image.source().measured() && parameters.mapping() == DepthMapping.METRIC,
                mapping.saturatedPixels());
    }

    /**
     * Lifts an image's cloud alone, of every {@code stride}-th row and column, for results that
     * must become smaller.
     *
     * @param image with its depth
     * @param stride 1 keeps every row and column
     * @return the cloud
     */
    public PointCloud thinnedCloud(EstimatedImage image, int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException("stride is " + stride + ": it must be at least 1");
        }
        return lifter.lift(image, mapping(image), stride);
    }

    private static MetresMapping mapping(EstimatedImage image) {
        return MetresMapping.of(image.parameters(), image.source().unitFactor(), image.range());
    }
}
