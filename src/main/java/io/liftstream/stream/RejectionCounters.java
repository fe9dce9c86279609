package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts refused frames, one counter {@code rejectedFrames} per {@code reason}. */
public final class RejectionCounters {
    private final Map<RejectionReason, Counter> counters = new EnumMap<>(RejectionReason.class);
    private final MetricGroup group;

    /**
     * @param group the operator's metrics
     */
    public RejectionCounters(MetricGroup group) {
        this.group = group;
    }

    /**
     * Counts one frame; a reason's counter appears with its first frame.
     *
     * @param reason why the frame was refused
     */
    public void count(RejectionReason reason) {
        counters.computeIfAbsent(reason, this::register).inc();
    }

    private Counter register(RejectionReason reason) {
        return group.addGroup("reason", reason.name()).counter("rejectedFrames");
    }
}
