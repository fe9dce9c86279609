package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.LiftingStep;
import io.liftstream.lifting.StepListener;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What {@link EstimateDepth} tells of itself: times are those of one frame. */
final class EstimateMetrics implements StepListener {
    private final RejectionCounters rejections;
    private final Histogram batchFrames;
    private final Map<LiftingStep, Histogram> stepMicros = new EnumMap<>(LiftingStep.class);

    EstimateMetrics(MetricGroup group) {
        rejections = new RejectionCounters(group);
        batchFrames = RecentValues.histogram(group, "batchFrames");
        for (LiftingStep step : LiftingStep.values()) {
            String name = step.name().toLowerCase(Locale.ROOT) + "Micros";
            stepMicros.put(step, RecentValues.histogram(group, name));
        }
    }

    @Override
    public void done(LiftingStep step, int images, long nanos) {
        RecentValues.markMicros(stepMicros.get(step), nanos / images);
    }

    void markBatch(int frames) {
        batchFrames.update(frames);
    }

    void markRejected(RejectionReason reason) {
        rejections.count(reason);
    }
}
