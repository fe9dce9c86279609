package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;
import io.liftstream.image.CpuInstructions;
import io.liftstream.lifting.LiftingStep;
import io.liftstream.lifting.StepListener;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What {@link EstimateDepth} tells of itself: times are those of one frame. */
final class EstimateMetrics implements StepListener {
    private final RejectionCounters rejections;
    private final MetricGroup group;
    private final Histogram batchFrames;
    private final Map<LiftingStep, Histogram> stepMicros = new EnumMap<>(LiftingStep.class);

    EstimateMetrics(MetricGroup group) {
        this.group = group;
        rejections = new RejectionCounters(group);
        batchFrames = RecentValues.histogram(group, "batchFrames");
        for (LiftingStep step : LiftingStep.values()) {
            stepMicros.put(step, RecentValues.histogram(group, name(step) + "Micros"));
        }
    }

    /** Tells what this slot's CPU can do: the bytes of results depend on it. */
    void markSlot(CpuInstructions instructions) {
        Gauge<Integer> one = () -> 1;
        group.addGroup("instructions", name(instructions)).gauge("cpuSlots", one);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void done(LiftingStep step, int images, long nanos) {
        RecentValues.markMicros(stepMicros.get(step), nanos / images);
    }

    /** Says what a network that stays open runs on, such as {@code CUDA 1} or {@code CPU}. */
    void markNetwork(String model, String device) {
        String network = device + " " + model;
        group.addGroup("network", network).gauge("openNetworks", () -> 1);
    }

    void markBatch(int frames) {
        batchFrames.update(frames);
    }

    void markRejected(RejectionReason reason) {
        rejections.count(reason);
    }
}
