package io.liftstream.frame;

/** Where a result's intrinsics came from; the weakest of the four values decides. */
public enum IntrinsicsSource {
    /** All four came with the frame. */
    MESSAGE,
    /** At least one came from the configuration of the camera or the job. */
    CAMERA_CONFIG,
    /** The camera's calibration, scaled to the picture. */
    CALIBRATION,
    /** At least one is PrimeSense's, scaled to the image. */
    SCALED_DEFAULT
}
