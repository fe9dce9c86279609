package io.liftstream.stream;

import io.liftstream.lifting.scale.DepthSamples;
import io.liftstream.lifting.scale.TemporalError;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Reports per camera how much the distances of what stands still change from frame to frame: gauge
 * {@code temporalErrorPercent} with label {@code camera}, a mean that follows about ten frames. The
 * first {@value #MAX_CAMERAS} cameras of a subtask are measured, 9 KB each; it is in no result and
 * in no state.
 */
final class CameraTemporalError {
    static final int MAX_CAMERAS = 50;

    private static final double SHARE_OF_A_FRAME = 0.1;

    private final MetricGroup group;
    private final Map<String, Measured> cameras = new HashMap<>();

    CameraTemporalError(MetricGroup group) {
        this.group = group;
    }

    /** Whether a camera's frames are measured. */
    boolean measures(String cameraId) {
        return cameras.size() < MAX_CAMERAS || cameras.containsKey(cameraId);
    }

    void measure(String cameraId, DepthSamples samples) {
        cameras.computeIfAbsent(cameraId, this::register).take(samples);
    }

    private Measured register(String cameraId) {
        Measured measured = new Measured();
        group.addGroup("camera", cameraId)
                .gauge("temporalErrorPercent", (Gauge<Double>) () -> measured.mean);
        return measured;
    }

    /** One camera; NaN until it has stood still for two frames. */
    private static final class Measured {
        private final TemporalError error = new TemporalError();
        private volatile double mean = Double.NaN;

        private void take(DepthSamples samples) {
            double next = error.next(samples);
            if (!Double.isNaN(next)) {
                mean = Double.isNaN(mean) ? next : mean + SHARE_OF_A_FRAME * (next - mean);
            }
        }
    }
}
