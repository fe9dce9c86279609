package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.MetricBasis;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.scale.FrameScale;
import io.liftstream.lifting.surface.SurfaceMesh;

/**
 * What one image became. Arrays are not copied; nobody writes to them.
 *
 * @param width columns of the result: the picture's, or the network's ({@link ResultSize}), pixels
 * @param height rows of the result, pixels
 * @param depthMap the network's raw output at the result's size, row-major: relative inverse depth
 *     (nearer is larger) or, for a metric model, a distance; the supplied depth where that took the
 *     network's place, a sensor's raw values as metres. NaN and infinities are there only where
 *     supplied
 * @param minDepth the least measured value of {@code depthMap}; 0 where nothing was measured
 * @param maxDepth the largest measured value of {@code depthMap}; 0 where nothing was measured
 * @param depthImage [minDepth, maxDepth] mapped onto 0..65535 (each short unsigned), row-major; 0
 *     where nothing was measured; null where not asked for
 * @param pointCloud null where not asked for
 * @param mesh null where not asked for, and where the result was read from the wire
 * @param backendUsed the model's file, or {@code supplied}
 * @param backendIdentity {@code name@sha256} of the model, the same on every host, or {@code
 *     supplied}
 * @param intrinsics the intrinsics that were used, for the result's size
 * @param depthMapping the mapping that was used
 * @param metricBasis what the metres rest on
 * @param saturatedPixels pixels that LINEAR clipped at 65535; 0 where nothing in metres was asked
 *     for
 * @param edgePoints points that the edge filter dropped; 0 where nothing in metres was asked for
 * @param scale what the outputs mean, where a steady scale or known points say so; else null: the
 *     frame's own extremes, or the fixed range
 * @param depthToMetres with what numbers the depth map became metres; null only where the result
 *     was read from the wire and written before it was there
 * @param calibration of the lens that the points were unprojected through; null for a pinhole
 * @param pictureSize the size of the picture that came
 * @param distances metres along the optical axis, row-major, as the cloud has them; NaN where there
 *     is none: nothing measured, at {@code depthTrunc} or beyond, between two surfaces; null where
 *     not asked for
 */
public record DepthEstimationResult(
        int width,
        int height,
        float[] depthMap,
        float minDepth,
        float maxDepth,
        short[] depthImage,
        PointCloud pointCloud,
        SurfaceMesh mesh,
        String backendUsed,
        String backendIdentity,
        Intrinsics intrinsics,
        DepthMapping depthMapping,
        Axes axes,
        MetricBasis metricBasis,
        int saturatedPixels,
        int edgePoints,
        FrameScale scale,
        DepthToMetres depthToMetres,
        CameraCalibration calibration,
        ImageSize pictureSize,
        float[] distances) {

    /** {@return whether metres are measured; false where their scale is a guess} */
    public boolean metric() {
        return metricBasis != MetricBasis.GUESS;
    }

    /** The same with a cloud, a mesh and distances. */
    DepthEstimationResult with(PointCloud cloud, SurfaceMesh laid, float[] metres) {
        return new DepthEstimationResult(
                width,
                height,
                depthMap,
                minDepth,
                maxDepth,
                depthImage,
                cloud,
                laid,
                backendUsed,
                backendIdentity,
                intrinsics,
                depthMapping,
                axes,
                metricBasis,
                saturatedPixels,
                edgePoints,
                scale,
                depthToMetres,
                calibration,
                pictureSize,
                metres);
    }

    /** {@return the metres per unit of the cloud's coordinates: always 1} */
    public double pointCloudScale() {
        return 1.0;
    }
}
