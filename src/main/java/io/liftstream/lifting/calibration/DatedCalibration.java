package io.liftstream.lifting.calibration;

import io.liftstream.lifting.scale.KnownPoints;

/**
 * A calibration of the calibration topic.
 *
 * @param validFromNanos the capture time from which on it holds, nanoseconds since 1970
 * @param appendedMillis when the broker appended it, milliseconds since 1970
 * @param sha256 of all that it says but since when it holds, in hexadecimal digits
 * @param lens the camera's intrinsics and distortion
 * @param pose where the camera stands; null where the calibration does not say
 * @param rectification what it says of rectified pictures
 * @param knownPoints surveyed points, in pixels of the calibrated pictures; empty where it has none
 */
public record DatedCalibration(
        long validFromNanos,
        long appendedMillis,
        String sha256,
        CameraCalibration lens,
        CameraPose pose,
        Rectification rectification,
        KnownPoints knownPoints) {}
