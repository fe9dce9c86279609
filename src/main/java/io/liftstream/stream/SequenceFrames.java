package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.SequencedFrame;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts each camera's frames in the order (epoch, capture time, sequence) by that camera's own
 * watermark; refused frames go to {@link RejectionOutput#TAG} as LATE, DUPLICATE or
 * LATE_AFTER_FLUSH.
 *
 * <p>Promises: a camera's output and rejections are a function of the frames that it sent, in the
 * order in which they arrived, and in live of its wall-clock silences. Flink's watermarks are not
 * read: an idle source can drive them to the end of time while other sources still have frames. Run
 * it in a {@link SequenceFramesOperator}, which knows the end of input.
 *
 * <p>State per camera: one {@link CameraSequence}, and the payloads of its pending frames under
 * their positions, read by position and never iterated. There is at most one timer per camera, in
 * live alone: while frames are pending it waits for silence, otherwise for the camera to be
 * forgotten.
 */
public final class SequenceFrames
        extends KeyedProcessFunction<String, CameraFrame, SequencedFrame> {
    private static final long serialVersionUID = 1L;
    private static final String SEQUENCE_STATE = "camera-sequence";
    private static final String PAYLOAD_STATE = "pending-frames";
    private static final long NEVER = Long.MAX_VALUE;
    private static final long PUNCTUAL_MILLIS = 50;

    private final SequencingSettings options;

    private transient ValueState<CameraSequence> sequences;
    private transient MapState<FramePosition, CameraFrame> payloads;
    private transient SequencingMetrics metrics;
    private transient long earliestFlushMillis;

    /**
     * @param options checked already
     */
    public SequenceFrames(SequencingSettings options) {
        this.options = options;
    }

    /** The state that exists for every camera that is known. */
    static ValueStateDescriptor<CameraSequence> sequenceState() {
        return new ValueStateDescriptor<>(SEQUENCE_STATE, CameraSequenceSerializer.INSTANCE);
    }

    @Override
    public void open(OpenContext openContext) {
        sequences = getRuntimeContext().getState(sequenceState());
        payloads =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        PAYLOAD_STATE,
                                        FramePositionSerializer.INSTANCE,
                                        CameraFrameSerializer.INSTANCE));
        metrics = new SequencingMetrics(getRuntimeContext().getMetricGroup());
        earliestFlushMillis = NEVER;
    }

    @Override
    public void processElement(CameraFrame frame, Context context, Collector<SequencedFrame> out)
            throws Exception {
        long now = context.timerService().currentProcessingTime();
        noteFirstActivity(now);
        CameraSequence camera = sequences.value();
        if (camera == null) {
            camera = new CameraSequence();
        }
        Placement placement = camera.place(frame.captureTimeNanos(), frame.sequence(), options);
        if (placement.isRejected()) {
            metrics.rejected(placement.rejection());
            context.output(
                    RejectionOutput.TAG, SequenceRejections.of(placement, frame, camera, options));
            return;
        }
        if (placement == Placement.STARTS_EPOCH) {
            releaseAll(camera, now, out);
            camera.beginEpoch();
            metrics.epochStarted();
        }
        accept(frame, camera, now, out);
        watchSilence(camera, now, context.timerService());
        sequences.update(camera);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SequencedFrame> out)
            throws Exception {
        long now = context.timerService().currentProcessingTime();
        noteFirstActivity(now);
        CameraSequence camera = sequences.value();
        camera.timerMillis(0);
        if (now >= timeToAct(camera)) {
            if (mayHaveFramesWaiting(camera, timestamp, now)) {
                armAt(now + options.flushAfterMillis(), camera, context.timerService());
                sequences.update(camera);
                return;
            }
            if (!camera.hasPending()) {
                sequences.clear();
                metrics.cameraForgotten();
                return;
            }
            metrics.flushed(camera.pending().size());
            releaseAll(camera, now, out);
            camera.markFlushed();
            metrics.pending(context.getCurrentKey(), camera);
        }
        arm(camera, context.timerService());
        sequences.update(camera);
    }

    /** Releases what the current camera still holds; no frame will come after it. */
    void endInput(String cameraId, long now, Collector<SequencedFrame> out) throws Exception {
        CameraSequence camera = sequences.value();
        releaseAll(camera, now, out);
        camera.markFlushed();
        metrics.pending(cameraId, camera);
        sequences.update(camera);
    }

    private void accept(
            CameraFrame frame, CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        FramePosition position =
                camera.add(frame.captureTimeNanos(), frame.sequence(), frame.payload().length);
        payloads.put(position, frame);
        while (camera.isFirstDue(options)) {
            releaseFirst(camera, now, out);
        }
        while (camera.isOverfull(options)) {
            releaseFirst(camera, now, out);
            metrics.releasedEarly();
        }
        camera.forgetOldReleases(options);
        metrics.pending(frame.cameraId(), camera);
    }

    private void releaseAll(CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        while (camera.hasPending()) {
            releaseFirst(camera, now, out);
        }
    }

    private void releaseFirst(CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        FramePosition position = camera.releaseFirst();
        CameraFrame frame = payloads.get(position);
        if (frame == null) {
            throw new IllegalStateException(
                    "The frame at " + position + " is in the index but its payload is not");
        }
        payloads.remove(position);
        metrics.released(frame, now);
        out.collect(new SequencedFrame(position.epoch(), frame));
    }

    /** After a recovery every timer is due at once, but the backlog must be read first. */
    private void noteFirstActivity(long now) {
        if (earliestFlushMillis == NEVER) {
            earliestFlushMillis = now + options.flushAfterMillis();
        }
    }

    /**
     * A timer that fires late tells of a task that was busy, not of a silent camera: its frames may
     * wait in the task's input, behind the timers. They get their turn once; then silence is
     * silence.
     */
    private boolean mayHaveFramesWaiting(CameraSequence camera, long timestamp, long now) {
        return camera.hasPending()
                && now - timestamp > PUNCTUAL_MILLIS
                && timestamp < camera.lastAcceptedMillis() + 2 * options.flushAfterMillis();
    }

    private void watchSilence(CameraSequence camera, long now, TimerService timers) {
        if (options.flushesAfterSilence() || options.forgetsCameras()) {
            camera.lastAcceptedMillis(now);
            arm(camera, timers);
        }
    }

    /** Lets a timer that fires in time stand, since it looks again at what there is to do. */
    private void arm(CameraSequence camera, TimerService timers) {
        long wanted = timeToAct(camera);
        if (camera.timerMillis() != 0 && camera.timerMillis() <= wanted) {
            return;
        }
        if (camera.timerMillis() != 0) {
            timers.deleteProcessingTimeTimer(camera.timerMillis());
            camera.timerMillis(0);
        }
        if (wanted != NEVER) {
            armAt(wanted, camera, timers);
        }
    }

    private static void armAt(long millis, CameraSequence camera, TimerService timers) {
        timers.registerProcessingTimeTimer(millis);
        camera.timerMillis(millis);
    }

    private long timeToAct(CameraSequence camera) {
        long patience =
                camera.hasPending() ? options.flushAfterMillis() : options.positionTtlMillis();
        return patience == 0
                ? NEVER
                : Math.max(camera.lastAcceptedMillis() + patience, earliestFlushMillis);
    }
}
