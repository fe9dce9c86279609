package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.DurationText;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.TimeUtils;

/**
 * Parts usable frames from refused records, refuses frames from the future and those whose capture
 * time was written in another unit, and leaves the payload of frames behind that are too old to be
 * lifted: they go on to take their places in order, and are then shed.
 *
 * <p>Refused frames go to {@link RejectionOutput#TAG}. Both are judged against the broker's clock,
 * and so only where the record bears it: with {@code CreateTime} the producer's clock would judge
 * itself. Frames without the broker's time are counted in {@code framesWithoutBrokerTime}. Neither
 * have these an age.
 */
public final class RejectMalformed extends ProcessFunction<ReceivedFrame, CameraFrame>
        implements ResultTypeQueryable<CameraFrame> {
    private static final long serialVersionUID = 1L;

    private final long maxClockSkewMillis;
    private final int maxOriginalBytes;
    private final long maxAgeMillis;
    private final Clock clock;

    private transient RejectionCounters rejected;
    private transient Counter withoutBrokerTime;
    private transient Counter leftBehind;

    /**
     * @param maxClockSkewMillis how far ahead of its record's time a frame may be captured; a frame
     *     exactly this far ahead passes; 0 = any
     * @param maxOriginalBytes how much of a refused record travels with its rejection
     * @param maxAgeMillis the greatest age of a frame that will be lifted; 0 = any (replay)
     */
    public RejectMalformed(long maxClockSkewMillis, int maxOriginalBytes, long maxAgeMillis) {
        this(maxClockSkewMillis, maxOriginalBytes, maxAgeMillis, Clock.systemUTC());
    }

    RejectMalformed(long maxClockSkewMillis, int maxOriginalBytes, long maxAgeMillis, Clock clock) {
        if (maxClockSkewMillis < 0) {
            throw new IllegalArgumentException(
                    "ordering.max-clock-skew is "
                            + maxClockSkewMillis
                            + " ms: it must not be negative");
        }
        this.maxClockSkewMillis = maxClockSkewMillis;
        this.maxOriginalBytes = maxOriginalBytes;
        this.maxAgeMillis = maxAgeMillis;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext openContext) {
        rejected = new RejectionCounters(getRuntimeContext().getMetricGroup());
        withoutBrokerTime = getRuntimeContext().getMetricGroup().counter("framesWithoutBrokerTime");
        leftBehind = getRuntimeContext().getMetricGroup().counter("payloadsLeftBehind");
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
        Optional<String> fault = clockFault(received.frame());
        if (fault.isPresent()) {
            reject(
                    FrameRejection.withOriginal(
                            RejectionReason.BAD_CLOCK, "parse", fault.get(), received.frame()),
                    context);
        } else if (isTooOld(received.frame().provenance())) {
            leftBehind.inc();
            out.collect(received.frame().withoutPayload());
        } else {
            out.collect(received.frame());
        }
    }

    @Override
    public TypeInformation<CameraFrame> getProducedType() {
        return CameraFrameTypeInfo.INSTANCE;
    }

    private Optional<String> clockFault(CameraFrame frame) {
        if (maxClockSkewMillis == 0 || !frame.provenance().stampedByBroker()) {
            return Optional.empty();
        }
        if (nanosAhead(frame) > MILLISECONDS.toNanos(maxClockSkewMillis)) {
            return Optional.of(ahead(frame));
        }
        return MistakenUnit.of(
                        frame.captureTimeNanos(),
                        MILLISECONDS.toNanos(frame.provenance().brokerTimeMillis()))
                .map(
                        mistake ->
                                "capture_time is "
                                        + Instant.ofEpochSecond(0, frame.captureTimeNanos())
                                        + ": the producer seems to write "
                                        + mistake
                                        + "; correct the unit there");
    }

    /** Its age only grows until its turn has come. */
    private boolean isTooOld(Provenance read) {
        return maxAgeMillis > 0
                && read.stampedByBroker()
                && clock.millis() - read.brokerTimeMillis() > maxAgeMillis;
    }

    private static long nanosAhead(CameraFrame frame) {
        return frame.captureTimeNanos()
                - MILLISECONDS.toNanos(frame.provenance().brokerTimeMillis());
    }

    private String ahead(CameraFrame frame) {
        return "capture_time is "
                + Instant.ofEpochSecond(0, frame.captureTimeNanos())
                + ", "
                + DurationText.exceeding(
                        Duration.ofNanos(nanosAhead(frame)), Duration.ofMillis(maxClockSkewMillis))
                + " ahead of the broker: it may be at most "
                + TimeUtils.formatWithHighestUnit(Duration.ofMillis(maxClockSkewMillis))
                + " ahead (ordering.max-clock-skew); set the camera's clock";
    }

    private void reject(FrameRejection rejection, Context context) {
        rejected.count(rejection.reason());
        context.output(RejectionOutput.TAG, rejection.withOriginalCutTo(maxOriginalBytes));
    }
}
