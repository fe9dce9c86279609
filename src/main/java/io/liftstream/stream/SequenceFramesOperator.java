package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.SequencedFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;

/**
 * Runs {@link SequenceFrames} and tells it when the input has ended, for every camera.
 *
 * <p>A function alone learns of the end only through the watermark that Flink sends last. That one
 * may come early: when one source has finished and another is marked idle, the idle one does not
 * hold it back. The end that an operator is told of comes once, after the last frame.
 */
public final class SequenceFramesOperator
        extends KeyedProcessOperator<String, CameraFrame, SequencedFrame>
        implements BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /**
     * @param options checked already
     * @param bounds of the slot
     */
    public SequenceFramesOperator(SequencingSettings options, SlotBounds bounds) {
        super(new SequenceFrames(options, bounds));
    }

    /** Frames that a restored state holds are counted before the first frame comes. */
    @Override
    public void open() throws Exception {
        super.open();
        SequenceFrames function = (SequenceFrames) userFunction;
        function.bound(
                Runtime.getRuntime().maxMemory(),
                getContainingTask()
                        .getEnvironment()
                        .getTaskManagerInfo()
                        .getConfiguration()
                        .get(TaskManagerOptions.NUM_TASK_SLOTS));
        for (String camera : knownCameras()) {
            setCurrentKey(camera);
            function.restored();
        }
    }

    @Override
    public void processElement(StreamRecord<CameraFrame> element) throws Exception {
        super.processElement(element);
        SequenceFrames function = (SequenceFrames) userFunction;
        if (function.isOverfull()) {
            makeRoom(function);
        }
    }

    /** The fullest cameras first; of equally full ones, those first in the order of their ids. */
    private void makeRoom(SequenceFrames function) throws Exception {
        TimestampedCollector<SequencedFrame> released = new TimestampedCollector<>(output);
        List<FullCamera> cameras = new ArrayList<>();
        for (String camera : knownCameras()) {
            setCurrentKey(camera);
            cameras.add(new FullCamera(camera, function.heldBytes()));
        }
        cameras.sort(
                Comparator.comparingLong(FullCamera::bytes)
                        .reversed()
                        .thenComparing(FullCamera::id));
        for (FullCamera camera : cameras) {
            if (!function.isNearlyFull()) {
                return;
            }
            setCurrentKey(camera.id());
            function.releaseForMemory(now(), released);
        }
    }

    /**
     * Releases all that is pending, one frame after the other. What waits for this task meanwhile
     * has its turn between two frames: so an unaligned checkpoint passes, however long the frames
     * take that are still to be lifted.
     */
    @Override
    public void endInput() throws Exception {
        SequenceFrames function = (SequenceFrames) userFunction;
        TimestampedCollector<SequencedFrame> released = new TimestampedCollector<>(output);
        MailboxExecutor mailbox =
                getContainingTask()
                        .getMailboxExecutorFactory()
                        .createExecutor(TaskMailbox.MIN_PRIORITY);
        for (String camera : knownCameras()) {
            setCurrentKey(camera);
            while (function.releaseAtEnd(now(), released)) {
                while (mailbox.tryYield()) {}
                setCurrentKey(camera);
            }
        }
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private List<String> knownCameras() {
        try (Stream<String> cameras =
                this.<String>getKeyedStateBackend()
                        .getKeys(
                                SequenceFrames.sequenceState().getName(), VoidNamespace.INSTANCE)) {
            return cameras.toList();
        }
    }

    private record FullCamera(String id, long bytes) {}
}
