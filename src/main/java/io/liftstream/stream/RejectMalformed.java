package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.TimeUtils;

/**
 * Parts usable frames from refused records, and refuses frames from the future.
 *
 * <p>Refused frames go to {@link RejectionOutput#TAG}. Whether a frame is in the future is judged
 * against the broker's clock, and so only where the record bears it: with {@code CreateTime} the
 * producer's clock would judge itself. Frames without the broker's time are counted in {@code
 * framesWithoutBrokerTime}.
 */
public final class RejectMalformed extends ProcessFunction<ReceivedFrame, CameraFrame>
        implements ResultTypeQueryable<CameraFrame> {
    private static final long serialVersionUID = 1L;

    private final long maxClockSkewMillis;
    private final int maxOriginalBytes;

    private transient RejectionCounters rejected;
    private transient Counter withoutBrokerTime;

    /**
     * @param maxClockSkewMillis how far ahead of its record's time a frame may be captured; a frame
     *     exactly this far ahead passes; 0 = any
     * @param maxOriginalBytes how much of a refused record travels with its rejection
     */
    public RejectMalformed(long maxClockSkewMillis, int maxOriginalBytes) {
        if (maxClockSkewMillis < 0) {
            throw new IllegalArgumentException(
                    "ordering.max-clock-skew is "
                            + maxClockSkewMillis
                            + " ms: it must not be negative");
        }
        this.maxClockSkewMillis = maxClockSkewMillis;
        this.maxOriginalBytes = maxOriginalBytes;
    }

    @Override
    public void open(OpenContext openContext) {
        rejected = new RejectionCounters(getRuntimeContext().getMetricGroup());
        withoutBrokerTime = getRuntimeContext().getMetricGroup().counter("framesWithoutBrokerTime");
    }

    @Override
    public void processElement(
            ReceivedFrame received, Context context, Collector<CameraFrame> out) {
        if (received.rejection() != null) {
            reject(received.rejection(), context);
            return;
        }
        if (!received.frame().provenance().stampedByBroker()) {
            withoutBrokerTime.inc();
        }
        if (isFromTheFuture(received.frame())) {
            reject(badClock(received.frame()), context);
        } else {
            out.collect(received.frame());
        }
    }

    @Override
    public TypeInformation<CameraFrame> getProducedType() {
        return CameraFrameTypeInfo.INSTANCE;
    }

    private boolean isFromTheFuture(CameraFrame frame) {
        return maxClockSkewMillis > 0
                && frame.provenance().stampedByBroker()
                && nanosAhead(frame) > MILLISECONDS.toNanos(maxClockSkewMillis);
    }

    private static long nanosAhead(CameraFrame frame) {
        return frame.captureTimeNanos()
                - MILLISECONDS.toNanos(frame.provenance().brokerTimeMillis());
    }

    private FrameRejection badClock(CameraFrame frame) {
        String detail =
                "capture_time is "
                        + Instant.ofEpochSecond(0, frame.captureTimeNanos())
                        + ", "
                        + TimeUtils.formatWithHighestUnit(Duration.ofNanos(nanosAhead(frame)))
                        + " ahead of the broker: it may be at most "
                        + TimeUtils.formatWithHighestUnit(Duration.ofMillis(maxClockSkewMillis))
                        + " ahead (ordering.max-clock-skew); set the camera's clock";
        return FrameRejection.withOriginal(RejectionReason.BAD_CLOCK, "parse", detail, frame);
    }

    private void reject(FrameRejection rejection, Context context) {
        rejected.count(rejection.reason());
        context.output(RejectionOutput.TAG, rejection.withOriginalCutTo(maxOriginalBytes));
    }
}
