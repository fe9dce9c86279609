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
 * first {@value #MAX_LABELS} of a subtask share the label {@value #OTHERS}, which shows the
 * greatest lag among them in this minute and the one before, so that none that is far behind is
 * hidden by others.
 */
final class CameraLag {
    static final int MAX_LABELS = 50;
    static final String OTHERS = "others";

    private final MetricGroup group;
    private final Map<String, AtomicLong> lags = new HashMap<>();
    private GreatestLag others;

    CameraLag(MetricGroup group) {
        this.group = group;
    }

    void measure(String cameraId, long lagMillis, long nowMillis) {
        AtomicLong own = lags.get(cameraId);
        if (own == null && lags.size() < MAX_LABELS) {
            own = new AtomicLong();
            lags.put(cameraId, own);
            register(cameraId, own::get);
        }
        if (own != null) {
            own.set(lagMillis);
            return;
        }
        if (others == null) {
            others = new GreatestLag();
            register(OTHERS, others::millis);
        }
        others.measure(lagMillis, nowMillis);
    }

    private void register(String label, Gauge<Long> lag) {
        group.addGroup("camera", label).gauge("eventTimeLagMillis", lag);
    }

    /** Of this minute and the one before; one thread writes. */
    private static final class GreatestLag {
        private static final long WINDOW_MILLIS = 60_000;

        private long window = Long.MIN_VALUE;
        private volatile long now = Long.MIN_VALUE;
        private volatile long before = Long.MIN_VALUE;

        void measure(long lagMillis, long nowMillis) {
            long current = nowMillis / WINDOW_MILLIS;
            if (current != window) {
                before = current == window + 1 ? now : lagMillis;
                now = lagMillis;
                window = current;
            } else if (lagMillis > now) {
                now = lagMillis;
            }
        }

        long millis() {
            return Math.max(now, before);
        }
    }
}
