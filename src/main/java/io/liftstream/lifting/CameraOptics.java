package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.RayTables;
import io.liftstream.lifting.scale.KnownPoints;

/** Lets images be seen through the lens that their camera was calibrated with. Not thread safe. */
public final class CameraOptics {
    private final RayTables tables = new RayTables();

    /**
     * Replaces the intrinsics of an image by those of its camera's calibration, scaled to its size.
     * The picture that came decides whether the calibration is for it.
     *
     * @param image any image
     * @param calibration of its camera
     * @return the image, its points on the rays of the lens
     * @throws LiftingException INVALID_COMMAND where the image has another shape than the
     *     calibrated pictures
     */
    public EstimatedImage calibrated(EstimatedImage image, CameraCalibration calibration) {
        requireShape(image.pictureSize(), calibration);
        return image.throughLens(
                calibration, tables.of(calibration, image.image().width(), image.image().height()));
    }

    /**
     * {@return known points in pixels of the picture that came}
     *
     * @param image any image
     * @param points in pixels of the calibrated pictures
     * @param lens the calibration of the image's camera
     * @throws LiftingException INVALID_COMMAND where the picture has another shape than the
     *     calibrated ones
     */
    public static KnownPoints knownPoints(
            EstimatedImage image, KnownPoints points, CameraCalibration lens) {
        requireShape(image.pictureSize(), lens);
        return points.scaled(new ImageSize(lens.width(), lens.height()), image.pictureSize());
    }

    private static void requireShape(ImageSize picture, CameraCalibration calibration) {
        if (!calibration.fits(picture.width(), picture.height())) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "image_input size",
                    picture,
                    "the camera is calibrated for "
                            + calibration.width()
                            + " x "
                            + calibration.height()
                            + ": send pictures of that shape, or correct the calibration");
        }
    }
}
