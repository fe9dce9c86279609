package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What {@link EstimateDepth} tells of itself. */
final class EstimateMetrics {
    private static final int WINDOW = 1000;
    private static final double NANOS_PER_MICRO = 1e3;

    private final RejectionCounters rejections;
    private final Counter lifted;
    private final Counter resultBytes;
    private final Counter saturatedPixels;
    private final Histogram batchFrames;
    private final Histogram prepareMicros;
    private final Histogram estimateMicros;

    EstimateMetrics(MetricGroup group) {
        rejections = new RejectionCounters(group);
        lifted = group.counter("liftedFrames");
        resultBytes = group.counter("resultBytes");
        saturatedPixels = group.counter("saturatedPixels");
        batchFrames = histogram(group, "batchFrames");
        prepareMicros = histogram(group, "prepareMicros");
        estimateMicros = histogram(group, "estimateMicros");
    }

    private static Histogram histogram(MetricGroup group, String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
    }

    void markBatch(int frames) {
        batchFrames.update(frames);
    }

    void markPrepared(long nanos) {
        prepareMicros.update((long) (nanos / NANOS_PER_MICRO));
    }

    void markEstimated(int frames, long nanos) {
        estimateMicros.update((long) (nanos / NANOS_PER_MICRO / frames));
    }

    void markLifted(int bytes) {
        lifted.inc();
        resultBytes.inc(bytes);
    }

    /** True for the first frame with clipped pixels. */
    boolean markSaturated(int pixels) {
        boolean first = pixels > 0 && saturatedPixels.getCount() == 0;
        saturatedPixels.inc(pixels);
        return first;
    }

    void markRejected(RejectionReason reason) {
        rejections.count(reason);
    }
}
