package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.model.facts.OutputMeaning;

/** Makes results from depth maps: extremes, depth image, cloud. */
final class LiftingStage {
    private final PointCloudLifter lifter = new PointCloudLifter();

    /**
     * The outcome of an image whose depth a network estimated.
     *
     * @param depthMap at the image's size; null where the network's output was not finite
     */
    LiftingOutcome liftEstimated(PreparedImage image, float[] depthMap) {
        DepthRange range = depthMap == null ? null : DepthRange.ofFinite(depthMap);
        if (range == null || range.measured() < depthMap.length) {
            return LiftingOutcome.of(
                    new LiftingException(
                            RejectionReason.INFERENCE_FAILED,
                            "network output",
                            "NaN or infinite",
                            "every value must be finite; the model "
                                    + image.backendIdentity()
                                    + " cannot estimate this image"));
        }
        return LiftingOutcome.of(lift(image, depthMap, range));
    }

    /** The outcome of an image whose depth was supplied. */
    LiftingOutcome liftSupplied(PreparedImage image) {
        if (image.suppliedDepth() instanceof SuppliedDepth.Raw raw) {
            float[] metres = metresOf(raw, (float) image.parameters().depthScale());
            return LiftingOutcome.of(lift(image, metres, DepthRange.ofPositive(metres)));
        }
        float[] values = ((SuppliedDepth.Floats) image.suppliedDepth()).values();
        return LiftingOutcome.of(lift(image, values, DepthRange.ofFinite(values)));
    }

    /** The cloud of an image and its result, of every {@code stride}-th row and column. */
    PointCloud cloud(PreparedImage image, DepthEstimationResult result, int stride) {
        DepthRange range =
                new DepthRange(result.minDepth(), result.maxDepth(), result.depthMap().length);
        MetresMapping mapping = mapping(image, range);
        return lifter.lift(result.depthMap(), image.image(), mapping, image.parameters(), stride);
    }

    private DepthEstimationResult lift(PreparedImage image, float[] depthMap, DepthRange range) {
        LiftingParameters parameters = image.parameters();
        MetresMapping mapping = mapping(image, range);
        PointCloud cloud =
                image.returnPointCloud()
                        ? lifter.lift(depthMap, image.image(), mapping, parameters, 1)
                        : null;
        return new DepthEstimationResult(
                image.width(),
                image.height(),
                depthMap,
                range.min(),
                range.max(),
                image.returnDepthImage() ? DepthImage.of(depthMap, range) : null,
                cloud,
                image.backendUsed(),
                image.backendIdentity(),
                parameters.intrinsics(),
                parameters.mapping(),
                parameters.axes(),
                isMetric(image),
                mapping.saturatedPixels());
    }

    private static MetresMapping mapping(PreparedImage image, DepthRange range) {
        double unitFactor = image.network() == null ? 1 : image.network().facts().unitFactor();
        return MetresMapping.of(image.parameters(), unitFactor, range);
    }

    private static boolean isMetric(PreparedImage image) {
        boolean measured =
                image.network() == null || image.network().facts().output() == OutputMeaning.METRIC;
        return measured && image.parameters().mapping() == DepthMapping.METRIC;
    }

    private static float[] metresOf(SuppliedDepth.Raw raw, float depthScale) {
        short[] values = raw.values();
        float[] metres = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            metres[i] = (values[i] & 0xffff) / depthScale;
        }
        return metres;
    }
}
