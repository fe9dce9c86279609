package io.liftstream.lifting;

import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageScaler;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.RayTable;
import io.liftstream.lifting.scale.CellCorrection;
import io.liftstream.lifting.scale.FrameScale;

/**
 * An image whose depth is known and whose geometry is still to be made. Arrays are not copied;
 * nobody writes to them. It keeps no network open.
 *
 * @param image the pixels, at the size of the result
 * @param pictureSize the size of the picture that came
 * @param depthMap the network's raw output at the image's size, row-major, all of it finite; or the
 *     supplied depth, a sensor's raw values as metres
 * @param range the extremes of the measured values
 * @param source what the depth map came from
 * @param parameters how depth becomes metres and metres become points of the image
 * @param wanted what is to be made of it
 * @param scale what the outputs mean, where that is more than the frame itself says; else null
 * @param correction of the outputs, before they become metres; null for none
 * @param calibration of the lens that the image was seen through; null for a pinhole
 * @param rays of the pixels through that lens; null for a pinhole
 */
public record EstimatedImage(
        RgbImage image,
        ImageSize pictureSize,
        float[] depthMap,
        DepthRange range,
        DepthSource source,
        LiftingParameters parameters,
        WantedOutputs wanted,
        FrameScale scale,
        CellCorrection correction,
        CameraCalibration calibration,
        RayTable rays) {

    /**
     * An image as it is before its camera is known: with a scale of its own, seen through a
     * pinhole.
     *
     * @param picture the picture that came; it is scaled to the depth map
     * @param size of the depth map
     * @param depthMap row-major, of that size
     * @param range the extremes of its measured values
     * @param source what it came from
     * @param parameters how depth becomes metres and metres become points, of the picture
     * @param wanted what is to be made of it
     * @return the image, at the depth map's size
     */
    public static EstimatedImage of(
            RgbImage picture,
            ImageSize size,
            float[] depthMap,
            DepthRange range,
            DepthSource source,
            LiftingParameters parameters,
            WantedOutputs wanted) {
        ImageSize came = new ImageSize(picture.width(), picture.height());
        boolean whole = size.equals(came);
        return new EstimatedImage(
                whole ? picture : ImageScaler.scaled(picture, size),
                came,
                depthMap,
                range,
                source,
                whole ? parameters : parameters.withIntrinsics(scaled(parameters, came, size)),
                wanted,
                null,
                null,
                null,
                null);
    }

    private static Intrinsics scaled(LiftingParameters parameters, ImageSize from, ImageSize to) {
        return parameters
                .intrinsics()
                .scaled((double) to.width() / from.width(), (double) to.height() / from.height());
    }

    /** The same, seen through a lens. */
    EstimatedImage throughLens(CameraCalibration lens, RayTable table) {
        return new EstimatedImage(
                image,
                pictureSize,
                depthMap,
                range,
                source,
                parameters.withIntrinsics(lens.intrinsics(image.width(), image.height())),
                wanted,
                scale,
                correction,
                lens,
                table);
    }

    /** The same, with what its outputs mean. */
    EstimatedImage scaled(FrameScale found, CellCorrection corrected) {
        return new EstimatedImage(
                image,
                pictureSize,
                depthMap,
                range,
                source,
                parameters.withRange(new FixedRange(found.lo(), found.hi())),
                wanted,
                found,
                corrected,
                calibration,
                rays);
    }
}
