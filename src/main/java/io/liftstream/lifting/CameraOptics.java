package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.RayTables;

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
        ImageSize picture = image.pictureSize();
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
        return image.throughLens(
                calibration, tables.of(calibration, image.image().width(), image.image().height()));
    }
}
