package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.RayTables;

/** Lets images be seen through the lens that their camera was calibrated with. Not thread safe. */
public final class CameraOptics {
    private final RayTables tables = new RayTables();

    /**
     * Replaces the intrinsics of an image by those of its camera's calibration, scaled to its size.
     *
     * @param image any image
     * @param calibration of its camera
     * @return the image, its points on the rays of the lens
     * @throws LiftingException INVALID_COMMAND where the image has another shape than the
     *     calibrated pictures
     */
    public EstimatedImage calibrated(EstimatedImage image, CameraCalibration calibration) {
        int width = image.image().width();
        int height = image.image().height();
        if (!calibration.fits(width, height)) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "image_input size",
                    width + " x " + height,
                    "the camera is calibrated for "
                            + calibration.width()
                            + " x "
                            + calibration.height()
                            + ": send pictures of that shape, or mend the calibration");
        }
        return image.throughLens(calibration, tables.of(calibration, width, height));
    }
}
