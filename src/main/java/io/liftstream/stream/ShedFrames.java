package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import java.time.Clock;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sheds frames in live when more come than can be lifted, right before they would be: by {@link
 * LoadShedding}, of which each slot has one, and by the broker's clock alone. What is shed goes to
 * {@link RejectionOutput#TAG}, summed up for each camera for a second at most ({@link ShedSums}),
 * and never across a checkpoint's barrier; so there is no state. A frame that its producer stamped
 * has no age and passes. One whose payload was left behind is shed whatever the clock of this
 * machine says.
 */
public final class ShedFrames extends AbstractStreamOperator<SequencedFrame>
        implements OneInputStreamOperator<SequencedFrame, SequencedFrame>,
                BoundedOneInput,
                ProcessingTimeCallback {
    private static final long serialVersionUID = 1L;
    private static final long SUM_MILLIS = 1_000;

    private final long maxAgeMillis;
    private final Clock clock;

    private transient LoadShedding shedding;
    private transient ShedSums sums;
    private transient RejectionCounters rejected;

    /**
     * Tells a frame's age by this machine's clock.
     *
     * @param maxAgeMillis the greatest age of a frame that is lifted; 0 = any (replay)
     */
    public ShedFrames(long maxAgeMillis) {
        this(maxAgeMillis, Clock.systemUTC());
    }

    ShedFrames(long maxAgeMillis, Clock clock) {
        this.maxAgeMillis = maxAgeMillis;
        this.clock = clock;
    }

    @Override
    public void open() throws Exception {
        super.open();
        shedding = new LoadShedding(maxAgeMillis);
        sums = new ShedSums(maxAgeMillis);
        rejected = new RejectionCounters(getMetricGroup());
        getMetricGroup()
                .gauge(
                        "overloaded",
                        (Gauge<Integer>) () -> shedding.isOverloaded(clock.millis()) ? 1 : 0);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The timer fails the task by itself.
    public void processElement(StreamRecord<SequencedFrame> element) {
        SequencedFrame sequenced = element.getValue();
        CameraFrame frame = sequenced.frame();
        boolean tooMuch =
                maxAgeMillis > 0 && frame.provenance().stampedByBroker() && sheds(sequenced);
        if (tooMuch || !frame.hasPayload()) {
            rejected.count(RejectionReason.SHED);
            if (sums.isEmpty()) {
                long now = getProcessingTimeService().getCurrentProcessingTime();
                getProcessingTimeService().registerTimer(now + SUM_MILLIS, this);
            }
            if (sums.add(frame)) {
                tell();
            }
            return;
        }
        output.collect(element);
    }

    private boolean sheds(SequencedFrame sequenced) {
        CameraFrame frame = sequenced.frame();
        long now = clock.millis();
        long age = now - frame.provenance().brokerTimeMillis();
        return shedding.sheds(frame.cameraId(), age, sequenced.heldMillis(), now);
    }

    @Override
    public void onProcessingTime(long timestamp) {
        tell();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        tell();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput() {
        tell();
    }

    private void tell() {
        for (FrameRejection sum : sums.take()) {
            output.collect(RejectionOutput.TAG, new StreamRecord<>(sum));
        }
    }
}
