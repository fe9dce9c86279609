package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;

/**
 * Makes the geometry of images whose depth is known: extremes, depth image, distances, points.
 * Keeps its scratch memory between calls; not thread safe.
 */
public final class ImageLifter {
    private float[] metres = new float[0];

    /**
     * Lifts one image.
     *
     * @param image with its depth
     * @return the depth map and what else is wanted, the cloud not packed yet; valid until the next
     *     call
     */
    public LiftedImage lift(EstimatedImage image) {
        LiftingParameters parameters = image.parameters();
        MetresMapping mapping =
                MetresMapping.of(parameters, image.source().unitFactor(), image.range());
        CloudPoints points = image.returnPointCloud() ? points(image, mapping) : null;
        DepthEstimationResult result =
                new DepthEstimationResult(
                        image.image().width(),
                        image.image().height(),
                        image.depthMap(),
                        image.range().min(),
                        image.range().max(),
                        image.returnDepthImage()
                                ? DepthImage.of(image.depthMap(), image.range())
                                : null,
                        null,
                        image.source().file(),
                        image.source().identity(),
                        parameters.intrinsics(),
                        parameters.mapping(),
                        parameters.axes(),
                        image.source().measured() && parameters.mapping() == DepthMapping.METRIC,
                        mapping.saturatedPixels());
        return new LiftedImage(result, points);
    }

    private CloudPoints points(EstimatedImage image, MetresMapping mapping) {
        float[] depth = image.depthMap();
        if (metres.length < depth.length) {
            metres = new float[depth.length];
        }
        mapping.write(depth, metres);
        return new UnprojectedPoints(image.image(), metres, image.parameters());
    }
}
