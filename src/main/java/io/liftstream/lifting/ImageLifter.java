package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.MetricBasis;
import io.liftstream.lifting.scale.DepthSamples;
import io.liftstream.lifting.surface.DepthEdges;

/**
 * Makes the geometry of images whose depth is known: extremes, depth image, distances, points,
 * mesh. Keeps its scratch memory between calls; not thread safe.
 */
public final class ImageLifter {
    private final DepthEdges edges = new DepthEdges();
    private float[] metres = new float[0];
    private float[] corrected = new float[0];

    /**
     * Lifts one image.
     *
     * @param image with its depth
     * @return the depth map and what else is wanted, cloud, mesh and distances not made yet; valid
     *     until the next call
     */
    public LiftedImage lift(EstimatedImage image) {
        LiftingParameters parameters = image.parameters();
        DepthToMetres numbers =
                DepthToMetres.of(parameters, image.source().unitFactor(), image.range());
        MetresMapping mapping = MetresMapping.of(parameters.mapping(), numbers);
        int edgePoints = 0;
        if (image.wanted().metric()) {
            writeMetres(image, mapping);
            edgePoints = removeEdges(image);
        }
        DepthEstimationResult result =
                new DepthEstimationResult(
                        image.image().width(),
                        image.image().height(),
                        image.depthMap(),
                        image.range().min(),
                        image.range().max(),
                        image.wanted().depthImage()
                                ? DepthImage.of(image.depthMap(), image.range())
                                : null,
                        null,
                        null,
                        image.source().file(),
                        image.source().identity(),
                        parameters.intrinsics(),
                        parameters.mapping(),
                        parameters.axes(),
                        metricBasis(image),
                        mapping.saturatedPixels(),
                        edgePoints,
                        image.scale(),
                        numbers,
                        image.calibration(),
                        image.pictureSize(),
                        null);
        return new LiftedImage(
                result,
                image.wanted().pointCloud() ? points(image, parameters) : null,
                image.wanted().mesh() ? new UnlaidMesh(image, metres) : null,
                image.wanted().distances() ? distances(image) : null);
    }

    /**
     * {@return distances and brightness at some pixels of the image that was lifted last; null
     * where nothing in metres was wanted of it}
     *
     * @param last that image
     */
    public DepthSamples samples(EstimatedImage last) {
        return last.wanted().metric()
                ? DepthSamples.of(
                        last.image().rgb(),
                        metres,
                        last.image().width(),
                        last.image().height(),
                        last.parameters().depthTrunc())
                : null;
    }

    private PixelDistances distances(EstimatedImage image) {
        return new PixelDistances(metres, image.depthMap().length, image.parameters().depthTrunc());
    }

    private CloudPoints points(EstimatedImage image, LiftingParameters parameters) {
        return image.rays() == null
                ? new UnprojectedPoints(image.image(), metres, parameters)
                : new PointsOnRays(image.image(), metres, image.rays(), parameters);
    }

    private void writeMetres(EstimatedImage image, MetresMapping mapping) {
        float[] depth = image.depthMap();
        if (metres.length < depth.length) {
            metres = new float[depth.length];
        }
        mapping.write(image.correction() == null ? depth : corrected(image), metres);
    }

    private float[] corrected(EstimatedImage image) {
        if (corrected.length != image.depthMap().length) {
            corrected = new float[image.depthMap().length];
        }
        image.correction().apply(image.depthMap(), corrected);
        return corrected;
    }

    /** LINEAR is there for comparison with vizion3d, point for point. */
    private int removeEdges(EstimatedImage image) {
        LiftingParameters parameters = image.parameters();
        if (parameters.edgeFilter() == 0 || parameters.mapping() == DepthMapping.LINEAR) {
            return 0;
        }
        return edges.remove(
                metres,
                image.image().width(),
                image.image().height(),
                parameters.edgeFilter(),
                Unprojector.end(parameters.depthTrunc()));
    }

    private static MetricBasis metricBasis(EstimatedImage image) {
        if (image.source().measured() && image.parameters().mapping() == DepthMapping.METRIC) {
            return image.source().equals(DepthSource.SUPPLIED)
                    ? MetricBasis.SENSOR
                    : MetricBasis.MODEL;
        }
        return image.scale() == null ? MetricBasis.GUESS : image.scale().basis();
    }
}
