package io.liftstream.stream;

import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.wire.ResultFormat;
import java.io.Serializable;
import java.util.Map;

/**
 * What {@link LiftFrames} needs to know; travels to the task managers.
 *
 * @param format what results hold and how large they may become
 * @param geometry of cameras that have none of their own
 * @param cameraGeometry by camera id
 * @param steadyScale how fast a steady scale follows its camera
 * @param calibrations how they are chosen
 * @param memoryTtlMillis wall-clock silence after which a camera's scale is forgotten; 0 = never
 */
public record LiftSettings(
        ResultFormat format,
        CameraGeometry geometry,
        Map<String, CameraGeometry> cameraGeometry,
        SteadyScaleSettings steadyScale,
        CalibrationSettings calibrations,
        long memoryTtlMillis)
        implements Serializable {

    CameraGeometry geometryOf(String cameraId) {
        return cameraGeometry.getOrDefault(cameraId, geometry);
    }
}
