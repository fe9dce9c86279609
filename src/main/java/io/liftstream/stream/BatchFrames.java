package io.liftstream.stream;

import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.SequencedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Bundles released frames of any cameras, so that a network runs once for several.
 *
 * <p>Promises: order is kept and every frame is in one batch. A batch is closed when it is full by
 * count or by the memory that its frames take, when its first frame has lingered, before a
 * checkpoint's barrier and at the end of input; so nothing is held across a barrier and there is no
 * state. Watermarks pass without closing it, because nothing downstream reads them and they come
 * several times while one batch is lifted. Batches carry no timestamp.
 */
public final class BatchFrames extends AbstractStreamOperator<FrameBatch>
        implements OneInputStreamOperator<SequencedFrame, FrameBatch>,
                BoundedOneInput,
                ProcessingTimeCallback {
    private static final long serialVersionUID = 1L;

    private final BatchingSettings options;
    private final FrameMemory memory;

    private transient List<SequencedFrame> open;
    private transient long maxBytes;
    private transient long openBytes;
    private transient long openedNanos;
    private transient Histogram waitMicros;
    private transient Histogram workingSetBytes;
    private transient ScheduledFuture<?> linger;

    /**
     * @param options checked already
     * @param memory what {@link BatchingSettings#maxBytes} is compared with
     */
    public BatchFrames(BatchingSettings options, FrameMemory memory) {
        this.options = options;
        this.memory = memory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        open = new ArrayList<>(options.maxFrames());
        maxBytes = options.workingMemory(SlotHeap.bytes(getRuntimeContext())).maxBytes();
        waitMicros = RecentValues.histogram(getMetricGroup(), "batchWaitMicros");
        workingSetBytes = RecentValues.histogram(getMetricGroup(), "workingSetBytes");
    }

    @Override
    public void processElement(StreamRecord<SequencedFrame> element) {
        SequencedFrame frame = element.getValue();
        long bytes = memory.of(frame.frame());
        if (bytes > maxBytes - openBytes) {
            closeBatch();
        }
        if (open.isEmpty()) {
            openedNanos = System.nanoTime();
        }
        open.add(frame);
        openBytes += bytes;
        if (open.size() >= options.maxFrames() || openBytes >= maxBytes) {
            closeBatch();
        } else if (linger == null) {
            linger = startLinger();
        }
    }

    @Override
    public void onProcessingTime(long timestamp) {
        closeBatch();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        closeBatch();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput() {
        closeBatch();
    }

    private ScheduledFuture<?> startLinger() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        return getProcessingTimeService().registerTimer(now + options.lingerMillis(), this);
    }

    private void closeBatch() {
        if (linger != null) {
            linger.cancel(false);
            linger = null;
        }
        if (!open.isEmpty()) {
            RecentValues.markMicros(waitMicros, System.nanoTime() - openedNanos);
            workingSetBytes.update(openBytes);
            output.collect(new StreamRecord<>(new FrameBatch(List.copyOf(open))));
            open.clear();
            openBytes = 0;
        }
    }
}
