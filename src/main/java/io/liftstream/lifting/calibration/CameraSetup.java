package io.liftstream.lifting.calibration;

/**
 * How the camera of one frame was set up.
 *
 * @param calibration of the calibration topic; null where none held
 * @param pose where the camera stood; null where that is not known
 */
public record CameraSetup(DatedCalibration calibration, CameraPose pose) {

    /** Nothing is known. */
    public static final CameraSetup UNKNOWN = new CameraSetup(null, null);

    /**
     * {@return the setup of a camera that has options of its own}
     *
     * @param calibration of the calibration topic, or null
     * @param configured the pose among the camera's options, or null
     */
    public static CameraSetup of(DatedCalibration calibration, CameraPose configured) {
        boolean says = calibration != null && calibration.pose() != null;
        return new CameraSetup(calibration, says ? calibration.pose() : configured);
    }
}
