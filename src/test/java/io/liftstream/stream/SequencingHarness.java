package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** {@link SequenceFramesOperator} in Flink's operator harness, with what a test asks of it. */
final class SequencingHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 12;

    private final KeyedOneInputStreamOperatorTestHarness<String, CameraFrame, SequencedFrame>
            harness;

    private SequencingHarness(SequencingOptions options, int parallelism, int subtask)
            throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new SequenceFramesOperator(options),
                        CameraFrame::cameraId,
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.getExecutionConfig().enableObjectReuse();
    }

    static SequencingHarness start(SequencingOptions options) throws Exception {
        SequencingHarness started = new SequencingHarness(options, 1, 0);
        started.harness.open();
        return started;
    }

    static SequencingHarness restore(SequencingOptions options, OperatorSubtaskState state)
            throws Exception {
        return restore(options, state, 1, 1, 0, 0);
    }

    static SequencingHarness restore(
            SequencingOptions options,
            OperatorSubtaskState state,
            int oldParallelism,
            int parallelism,
            int subtask,
            long wallClockMillis)
            throws Exception {
        SequencingHarness restored = new SequencingHarness(options, parallelism, subtask);
        restored.harness.setProcessingTime(wallClockMillis);
        restored.harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, oldParallelism, parallelism, subtask));
        restored.harness.open();
        return restored;
    }

    void send(CameraFrame... frames) throws Exception {
        for (CameraFrame frame : frames) {
            harness.processElement(new StreamRecord<>(frame));
        }
    }

    void wallClock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    void endInput() throws Exception {
        harness.endInput();
    }

    void watermark(long millis) throws Exception {
        harness.processWatermark(millis);
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, 0);
    }

    List<SequencedFrame> released() {
        return harness.extractOutputValues();
    }

    /** Released positions as {@code epoch:millis/sequence}. */
    List<String> releasedPositions() {
        return released().stream().map(SequencingHarness::position).toList();
    }

    static String position(SequencedFrame sequenced) {
        CameraFrame frame = sequenced.frame();
        return sequenced.epoch()
                + ":"
                + frame.captureTimeNanos() / 1_000_000
                + "/"
                + frame.sequence();
    }

    List<FrameRejection> rejections() {
        Queue<StreamRecord<FrameRejection>> side = harness.getSideOutput(Rejections.TAG);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    List<RejectionReason> reasons() {
        return rejections().stream().map(FrameRejection::reason).toList();
    }

    int timers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    /** One per known camera, and one more while it has pending frames. */
    int stateEntries() {
        return harness.numKeyedStateEntries();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
