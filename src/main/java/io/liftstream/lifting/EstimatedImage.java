package io.liftstream.lifting;

import io.liftstream.image.RgbImage;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.RayTable;
import io.liftstream.lifting.scale.CellCorrection;
import io.liftstream.lifting.scale.FrameScale;

/**
 * An image whose depth is known and whose geometry is still to be made. Arrays are not copied;
 * nobody writes to them. It keeps no network open.
 *
 * @param image the pixels
 * @param depthMap the network's raw output at the image's size, row-major, all of it finite; or the
 *     supplied depth, a sensor's raw values as metres
 * @param range the extremes of the measured values
 * @param source what the depth map came from
 * @param parameters how depth becomes metres and metres become points
 * @param returnDepthImage whether the 16-bit depth image is wanted
 * @param returnPointCloud whether the cloud is wanted
 * @param returnMesh whether the mesh is wanted
 * @param scale what the outputs mean, where that is more than the frame itself says; else null
 * @param correction of the outputs, before they become metres; null for none
 * @param calibration of the lens that the image was seen through; null for a pinhole
 * @param rays of the pixels through that lens; null for a pinhole
 */
public record EstimatedImage(
        RgbImage image,
        float[] depthMap,
        DepthRange range,
        DepthSource source,
        LiftingParameters parameters,
        boolean returnDepthImage,
        boolean returnPointCloud,
        boolean returnMesh,
        FrameScale scale,
        CellCorrection correction,
        CameraCalibration calibration,
        RayTable rays) {

    /** The same, seen through a lens. */
    EstimatedImage throughLens(CameraCalibration lens, RayTable table) {
        return new EstimatedImage(
                image,
                depthMap,
                range,
                source,
                parameters.withIntrinsics(lens.intrinsics(image.width(), image.height())),
                returnDepthImage,
                returnPointCloud,
                returnMesh,
                scale,
                correction,
                lens,
                table);
    }

    /** The same, with what its outputs mean. */
    EstimatedImage scaled(FrameScale found, CellCorrection corrected) {
        return new EstimatedImage(
                image,
                depthMap,
                range,
                source,
                parameters.withRange(new FixedRange(found.lo(), found.hi())),
                returnDepthImage,
                returnPointCloud,
                returnMesh,
                found,
                corrected,
                calibration,
                rays);
    }
}
