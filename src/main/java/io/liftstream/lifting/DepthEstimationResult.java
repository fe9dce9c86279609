package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;

/**
 * What one image became. Arrays are not copied; nobody writes to them.
 *
 * @param width columns of the image, pixels
 * @param height rows of the image, pixels
 * @param depthMap the network's raw output at the image's size, row-major: relative inverse depth
 *     (nearer is larger) or, for a metric model, a distance; the supplied depth where that took the
 *     network's place, a sensor's raw values as metres. NaN and infinities are there only where
 *     supplied
 * @param minDepth the least measured value of {@code depthMap}; 0 where nothing was measured
 * @param maxDepth the largest measured value of {@code depthMap}; 0 where nothing was measured
 * @param depthImage [minDepth, maxDepth] mapped onto 0..65535 (each short unsigned), row-major; 0
 *     where nothing was measured; null where not asked for
 * @param pointCloud null where not asked for
 * @param backendUsed the model's file, or {@code supplied}
 * @param backendIdentity {@code name@sha256} of the model, the same on every host, or {@code
 *     supplied}
 * @param intrinsics the intrinsics that were used
 * @param depthMapping the mapping that was used
 * @param metric whether metres are measured; false where their scale is a guess
 * @param saturatedPixels pixels that LINEAR clipped at 65535; 0 where no cloud was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Arrays are passed on, never compared as a record.
public record DepthEstimationResult(
        int width,
        int height,
        float[] depthMap,
        float minDepth,
        float maxDepth,
        short[] depthImage,
        PointCloud pointCloud,
        String backendUsed,
        String backendIdentity,
        Intrinsics intrinsics,
        DepthMapping depthMapping,
        Axes axes,
        boolean metric,
        int saturatedPixels) {

    DepthEstimationResult withPointCloud(PointCloud cloud) {
        return new DepthEstimationResult(
                width,
                height,
                depthMap,
                minDepth,
                maxDepth,
                depthImage,
                cloud,
                backendUsed,
                backendIdentity,
                intrinsics,
                depthMapping,
                axes,
                metric,
                saturatedPixels);
    }

    /** {@return the metres per unit of the cloud's coordinates: always 1} */
    public double pointCloudScale() {
        return 1.0;
    }
}
