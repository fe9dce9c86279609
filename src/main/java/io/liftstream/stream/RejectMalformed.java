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
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Parts usable frames from refused records, and refuses frames from the future.
 *
 * <p>Refused frames go to {@link RejectionOutput#TAG}. Whether a frame is in the future is judged
 * against the broker's clock: this is fair only on a topic with {@code LogAppendTime}, since with
 * {@code CreateTime} the producer's clock would judge itself.
 */
public final class RejectMalformed extends ProcessFunction<ReceivedFrame, CameraFrame>
        implements ResultTypeQueryable<CameraFrame> {
    private static final long serialVersionUID = 1L;
    private static final long NO_CLOCK_GUARD = -1;

    private final long maxClockSkewMillis;

    private transient RejectionCounters rejected;

    private RejectMalformed(long maxClockSkewMillis) {
        this.maxClockSkewMillis = maxClockSkewMillis;
    }

    /**
     * Refuses frames captured further ahead of their record's Kafka timestamp than allowed.
     *
     * @param maxClockSkewMillis not negative; a frame exactly this far ahead passes
     * @return the function
     */
    public static RejectMalformed withClockGuard(long maxClockSkewMillis) {
        if (maxClockSkewMillis < 0) {
            throw new IllegalArgumentException(
                    "ordering.max-clock-skew is "
                            + maxClockSkewMillis
                            + " ms: it must not be negative");
        }
        return new RejectMalformed(maxClockSkewMillis);
    }

    /**
     * {@return a function that takes every capture time as it is; for topics whose timestamps are
     * the producer's}
     */
    public static RejectMalformed withoutClockGuard() {
        return new RejectMalformed(NO_CLOCK_GUARD);
    }

    @Override
    public void open(OpenContext openContext) {
        rejected = new RejectionCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            ReceivedFrame received, Context context, Collector<CameraFrame> out) {
        if (received.rejection() != null) {
            reject(received.rejection(), context);
        } else if (isFromTheFuture(received.frame())) {
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
        return maxClockSkewMillis != NO_CLOCK_GUARD
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
                        + Duration.ofNanos(nanosAhead(frame))
                        + " ahead of the broker: it may be at most "
                        + Duration.ofMillis(maxClockSkewMillis)
                        + " ahead (ordering.max-clock-skew); set the camera's clock";
        return FrameRejection.withOriginal(RejectionReason.BAD_CLOCK, "parse", detail, frame);
    }

    private void reject(FrameRejection rejection, Context context) {
        rejected.count(rejection.reason());
        context.output(RejectionOutput.TAG, rejection);
    }
}
