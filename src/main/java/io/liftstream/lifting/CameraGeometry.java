package io.liftstream.lifting;

import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.scale.KnownPoints;
import java.io.Serializable;

/**
 * How the frames of a camera get their metres.
 *
 * @param scale what relative depth is scaled by
 * @param knownPoints surveyed points in the camera's view; empty where there are none
 * @param calibration of the camera's lens; null for a pinhole
 * @param pose where the camera stands; null where that is not known
 */
public record CameraGeometry(
        ScaleMode scale, KnownPoints knownPoints, CameraCalibration calibration, CameraPose pose)
        implements Serializable {}
