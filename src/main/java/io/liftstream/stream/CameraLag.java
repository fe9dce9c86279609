package io.liftstream.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Reports per camera how old its last released frame was by the wall clock when it was released:
 * gauge {@code eventTimeLagMillis} with label {@code camera}.
 *
 * <p>A fleet may have more cameras than a metrics store can take labels, so the cameras after the
 * first {@value #MAX_LABELS} of a subtask share the label {@value #OTHERS}, which shows the last of
 * them.
 */
final class CameraLag {
    static final int MAX_LABELS = 50;
    static final String OTHERS = "others";

    private final MetricGroup group;
    private final Map<String, AtomicLong> lags = new HashMap<>();

    CameraLag(MetricGroup group) {
        this.group = group;
    }

    void measure(String cameraId, long millis) {
        AtomicLong lag = lags.get(cameraId);
        if (lag == null) {
            String label = lags.size() < MAX_LABELS ? cameraId : OTHERS;
            lag = lags.computeIfAbsent(label, this::register);
        }
        lag.set(millis);
    }

    private AtomicLong register(String label) {
        AtomicLong lag = new AtomicLong();
        group.addGroup("camera", label).gauge("eventTimeLagMillis", (Gauge<Long>) lag::get);
        return lag;
    }
}
