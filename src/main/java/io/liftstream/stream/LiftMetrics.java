package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
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
    private final Histogram resultAge;
    private final Histogram captureAge;

    LiftMetrics(MetricGroup group) {
        rejections = new RejectionCounters(group);
        lifted = group.counter("liftedFrames");
        resultBytes = group.counter("resultBytes");
        saturatedPixels = group.counter("saturatedPixels");
        liftMicros = RecentValues.histogram(group, "liftMicros");
        resultAge = RecentValues.histogram(group, "resultAgeMillis");
        captureAge = RecentValues.histogram(group, "captureAgeMillis");
    }

    void markLifted(int bytes, long nanos) {
        lifted.inc();
        resultBytes.inc(bytes);
        RecentValues.markMicros(liftMicros, nanos);
    }

    /** How old a frame is when its result goes to the sink: on the topic, and since its capture. */
    void markAge(CameraFrame frame, long nowMillis) {
        Provenance read = frame.provenance();
        if (read.stampedByBroker()) {
            resultAge.update(nowMillis - read.brokerTimeMillis());
        }
        captureAge.update(nowMillis - NANOSECONDS.toMillis(frame.captureTimeNanos()));
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
