package io.liftstream.cli.demo;

import io.liftstream.frame.DepthMapping;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.scenes.DepthAccuracy;

/**
 * An estimate beside the truth.
 *
 * @param truth with the columns and rows of the estimate
 * @param accuracy of the estimate
 */
record ComparedDepth(DepthTruth truth, DepthAccuracy accuracy) {

    /**
     * {@return the comparison; null where the true depth is not known, the result has no depth map,
     * or its values are neither inverse depth nor metres}
     */
    static ComparedDepth of(DepthTruth truth, DepthEstimationResult result) {
        if (truth == null
                || result.depthMap() == null
                || result.depthMapping() == DepthMapping.LINEAR) {
            return null;
        }
        DepthTruth same = truth.ofSize(result.width(), result.height());
        return new ComparedDepth(same, DepthAccuracy.of(inverse(result), same.metres()));
    }

    /** {@return the depth map with near values large: as it is, or of metres the inverse} */
    static float[] inverse(DepthEstimationResult result) {
        float[] values = result.depthMap();
        if (result.depthMapping() != DepthMapping.METRIC) {
            return values;
        }
        float[] inverse = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            inverse[i] = values[i] > 0 ? 1 / values[i] : 0;
        }
        return inverse;
    }
}
