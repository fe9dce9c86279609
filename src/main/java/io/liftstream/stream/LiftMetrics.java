package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What {@link LiftFrames} tells of itself. */
final class LiftMetrics {
    private final RejectionCounters rejections;
    private final Counter lifted;
    private final Counter resultBytes;
    private final Counter saturatedPixels;
    private final Histogram liftMicros;

    LiftMetrics(MetricGroup group) {
        rejections = new RejectionCounters(group);
        lifted = group.counter("liftedFrames");
        resultBytes = group.counter("resultBytes");
        saturatedPixels = group.counter("saturatedPixels");
        liftMicros = RecentValues.histogram(group, "liftMicros");
    }

    void markLifted(int bytes, long nanos) {
        lifted.inc();
        resultBytes.inc(bytes);
        RecentValues.markMicros(liftMicros, nanos);
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
