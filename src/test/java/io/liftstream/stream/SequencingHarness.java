package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** {@link SequenceFramesOperator} in Flink's operator harness, with what a test asks of it. */
public final class SequencingHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 12;

    private static final int MAX_SNAPSHOT_BYTES = 1 << 28;

    private static final long MANAGED_BYTES = 3 << 20;

    private final InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
    private final MockEnvironment environment;
    private final KeyedOneInputStreamOperatorTestHarness<String, CameraFrame, SequencedFrame>
            harness;

    private SequencingHarness(
            SequencingSettings options,
            SlotBounds bounds,
            StateBackend backend,
            int parallelism,
            int subtask)
            throws Exception {
        environment =
                new MockEnvironmentBuilder()
                        .setManagedMemorySize(MANAGED_BYTES)
                        .setMaxParallelism(MAX_PARALLELISM)
                        .setParallelism(parallelism)
                        .setSubtaskIndex(subtask)
                        .setMetricGroup(new TaskMetrics(metrics))
                        .build();
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new SequenceFramesOperator(options, bounds),
                        CameraFrame::cameraId,
                        Types.STRING,
                        environment);
        harness.setStateBackend(backend);
        harness.setCheckpointStorage(new JobManagerCheckpointStorage(MAX_SNAPSHOT_BYTES));
        harness.getExecutionConfig().enableObjectReuse();
    }

    public static SequencingHarness start(SequencingSettings options) throws Exception {
        return start(options, new HashMapStateBackend());
    }

    public static SequencingHarness start(SequencingSettings options, StateBackend backend)
            throws Exception {
        SequencingHarness started =
                new SequencingHarness(options, SlotBounds.OF_HEAP, backend, 1, 0);
        started.harness.open();
        return started;
    }

    static SequencingHarness start(SequencingSettings options, SlotBounds bounds) throws Exception {
        SequencingHarness started =
                new SequencingHarness(options, bounds, new HashMapStateBackend(), 1, 0);
        started.harness.open();
        return started;
    }

    static SequencingHarness restore(
            SequencingSettings options, SlotBounds bounds, OperatorSubtaskState state)
            throws Exception {
        SequencingHarness restored =
                new SequencingHarness(options, bounds, new HashMapStateBackend(), 1, 0);
        restored.harness.initializeState(state);
        restored.harness.open();
        return restored;
    }

    static SequencingHarness restore(
            SequencingSettings options, OperatorSubtaskState state, long wallClockMillis)
            throws Exception {
        return restore(options, new HashMapStateBackend(), state, 1, 0, wallClockMillis);
    }

    /**
     * @param state what this subtask restores, repartitioned already
     */
    static SequencingHarness restore(
            SequencingSettings options,
            StateBackend backend,
            OperatorSubtaskState state,
            int parallelism,
            int subtask,
            long wallClockMillis)
            throws Exception {
        SequencingHarness restored =
                new SequencingHarness(options, SlotBounds.OF_HEAP, backend, parallelism, subtask);
        restored.harness.setProcessingTime(wallClockMillis);
        restored.harness.initializeState(state);
        restored.harness.open();
        return restored;
    }

    public void send(CameraFrame... frames) throws Exception {
        for (CameraFrame frame : frames) {
            harness.processElement(new StreamRecord<>(frame));
        }
    }

    public void wallClock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    long wallClock() {
        return harness.getProcessingTime();
    }

    void endInput() throws Exception {
        harness.endInput();
    }

    void watermark(long millis) throws Exception {
        harness.processWatermark(millis);
    }

    public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, 0);
    }

    List<SequencedFrame> released() {
        return harness.extractOutputValues();
    }

    /** Released positions as {@code epoch:millis/sequence}. */
    List<String> releasedPositions() {
        return released().stream().map(SequencingHarness::position).toList();
    }

    /** Forgets what was released so far, for long measurements. */
    public void forgetReleased() {
        harness.getOutput().clear();
    }

    private static String position(SequencedFrame sequenced) {
        CameraFrame frame = sequenced.frame();
        return sequenced.epoch()
                + ":"
                + frame.captureTimeNanos() / 1_000_000
                + "/"
                + frame.sequence();
    }

    List<FrameRejection> rejections() {
        Queue<StreamRecord<FrameRejection>> side = harness.getSideOutput(RejectionOutput.TAG);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    List<RejectionReason> reasons() {
        return rejections().stream().map(FrameRejection::reason).toList();
    }

    /** The value of a counter of the operator. */
    long count(String counter) {
        return ((Counter) metric(counter)).getCount();
    }

    /** The value of a gauge of the operator. */
    Object value(String gauge) {
        return ((Gauge<?>) metric(gauge)).getValue();
    }

    private Metric metric(String name) {
        return metrics.get(name);
    }

    int timers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    /** One per known camera, and one more while it has pending frames; heap state alone counts. */
    int stateEntries() {
        return harness.numKeyedStateEntries();
    }

    @Override
    public void close() throws Exception {
        harness.close();
        environment.close();
    }

    /** A task whose only operator has these metrics. */
    private static final class TaskMetrics
            extends UnregisteredMetricGroups.UnregisteredTaskMetricGroup {
        private final InterceptingOperatorMetricGroup operator;

        TaskMetrics(InterceptingOperatorMetricGroup operator) {
            this.operator = operator;
        }

        @Override
        public InternalOperatorMetricGroup getOrAddOperator(
                OperatorID id, String name, Map<String, String> variables) {
            return operator;
        }
    }
}
