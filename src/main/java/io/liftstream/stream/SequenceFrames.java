package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts each camera's frames in the order (epoch, capture time, sequence) by that camera's own
 * watermark and sequence; refused frames go to {@link RejectionOutput#TAG} as LATE, DUPLICATE or
 * LATE_AFTER_FLUSH.
 *
 * <p>Promises: a camera's output and rejections are a function of the frames that it sent, in the
 * order in which they arrived; in live alone, a frame that has waited too long by the wall clock
 * leaves before its turn. Flink's watermarks are not read: an idle source can drive those to the
 * end of time while other sources still have frames. Run it in a {@link SequenceFramesOperator},
 * which knows the end of input.
 *
 * <p>State per camera: one {@link CameraSequence}, and the payloads of its pending frames under
 * their positions, read by position and never iterated. There is at most one timer per camera, in
 * live alone: while frames are pending it bounds their waiting, otherwise it waits for the camera
 * to be forgotten.
 */
public final class SequenceFrames
        extends KeyedProcessFunction<String, CameraFrame, SequencedFrame> {
    private static final long serialVersionUID = 1L;
    private static final String SEQUENCE_STATE = "camera-sequence";
    private static final String PAYLOAD_STATE = "pending-frames";
    private static final long NEVER = Long.MAX_VALUE;
    private static final long PUNCTUAL_MILLIS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(SequenceFrames.class);

    private final SequencingSettings options;
    private final SlotBounds configuredBounds;

    private transient SlotBounds bounds;
    private transient ValueState<CameraSequence> sequences;
    private transient MapState<FramePosition, CameraFrame> payloads;
    private transient SequencingMetrics metrics;
    private transient long earliestFlushMillis;
    private transient boolean hasWarnedOfPartition;

    /**
     * @param options checked already
     * @param bounds of the slot
     */
    public SequenceFrames(SequencingSettings options, SlotBounds bounds) {
        this.options = options;
        this.configuredBounds = bounds;
    }

    /** Tells how much memory the slot has; after {@link #open}, before the first frame. */
    void bound(long heapBytes, int slots) {
        bounds = configuredBounds.resolved(heapBytes, slots);
        LOG.info(
                "This slot holds at most {} bytes of pending frames, of at most {} cameras",
                bounds.maxPendingBytes(),
                bounds.maxCameras());
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
            if (metrics.cameras() >= bounds.maxCameras()) {
                rejectCamera(frame, context);
                return;
            }
            camera = new CameraSequence();
            metrics.camerasBy(1);
        }
        notePartition(frame, camera);
        int heldFrames = camera.heldFrames();
        long heldBytes = camera.heldBytes();
        Placement placement = camera.arrive(frame, options);
        if (placement == Placement.STARTS_EPOCH) {
            beginEpoch(frame, camera, now, out);
        }
        if (placement.isRejected()) {
            reject(placement, frame, camera, context);
        }
        if (placement.hasPosition()) {
            take(frame, placement, camera, now, out);
        }
        if (!placement.isRejected()) {
            watchWaiting(camera, now, context.timerService());
        }
        metrics.pendingBy(camera.heldFrames() - heldFrames, camera.heldBytes() - heldBytes);
        sequences.update(camera);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SequencedFrame> out)
            throws Exception {
        long now = context.timerService().currentProcessingTime();
        noteFirstActivity(now);
        CameraSequence camera = sequences.value();
        camera.marks().timerMillis(0);
        if (now >= timeToAct(camera)) {
            if (mayHaveFramesWaiting(camera, timestamp, now)) {
                armAt(now + options.flushAfterMillis(), camera, context.timerService());
                sequences.update(camera);
                return;
            }
            if (camera.heldFrames() == 0) {
                sequences.clear();
                metrics.cameraForgotten();
                return;
            }
            flush(camera.heldSince(now - options.flushAfterMillis()), camera, now, out);
        }
        arm(timeToAct(camera), camera, context.timerService());
        sequences.update(camera);
    }

    /** Counts what the current camera held when the state was written. */
    void restored() throws Exception {
        CameraSequence camera = sequences.value();
        metrics.camerasBy(1);
        metrics.pendingBy(camera.heldFrames(), camera.heldBytes());
    }

    /** Releases one frame that the current camera still holds, after the last that came. */
    boolean releaseAtEnd(long now, Collector<SequencedFrame> out) throws Exception {
        CameraSequence camera = sequences.value();
        if (camera == null || camera.heldFrames() == 0) {
            return false;
        }
        flushFirst(camera, now, out);
        sequences.update(camera);
        return true;
    }

    /** Whether more bytes are pending than the slot may hold. */
    boolean isOverfull() {
        return metrics.pendingBytes() > bounds.maxPendingBytes();
    }

    /** Whether the slot is still fuller than it is to be after it was overfull. */
    boolean isNearlyFull() {
        return metrics.pendingBytes() > bounds.maxPendingBytes() - bounds.maxPendingBytes() / 4;
    }

    /** Payload bytes that the current camera holds. */
    long heldBytes() throws Exception {
        return sequences.value().heldBytes();
    }

    /** Releases all that the current camera holds before its turn. */
    void releaseForMemory(long now, Collector<SequencedFrame> out) throws Exception {
        CameraSequence camera = sequences.value();
        metrics.releasedForMemory(camera.heldFrames());
        while (camera.heldFrames() > 0) {
            flushFirst(camera, now, out);
        }
        sequences.update(camera);
    }

    private void rejectCamera(CameraFrame frame, Context context) {
        metrics.rejected(RejectionReason.TOO_MANY_CAMERAS);
        context.output(
                RejectionOutput.TAG, SequenceRejections.ofCamera(frame, bounds.maxCameras()));
    }

    private void beginEpoch(
            CameraFrame first, CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        while (camera.hasPending()) {
            releaseFirst(camera, now, out);
        }
        if (camera.newest() != null) {
            metrics.epochStarted();
        }
        camera.beginEpoch(first);
    }

    private void reject(
            Placement placement, CameraFrame frame, CameraSequence camera, Context context) {
        metrics.rejected(placement.rejection());
        if (placement == Placement.OUT_OF_SEQUENCE) {
            metrics.sequenceDistrusted();
        }
        context.output(
                RejectionOutput.TAG, SequenceRejections.of(placement, frame, camera, options));
    }

    /** Gives a frame its position, and releases all that now has its turn. */
    private void take(
            CameraFrame frame,
            Placement placement,
            CameraSequence camera,
            long now,
            Collector<SequencedFrame> out)
            throws Exception {
        FramePosition position = camera.add(frame, now);
        if (!placement.isRejected()) {
            if (camera.isFirst(position) && camera.isFirstDue(options)) {
                camera.releaseFirst(options);
                emit(position, frame, 0, now, out);
            } else {
                payloads.put(position, frame);
            }
        }
        while (camera.isFirstDue(options)) {
            releaseFirst(camera, now, out);
        }
        while (camera.isOverfull(options)) {
            if (releaseFirst(camera, now, out)) {
                metrics.releasedEarly();
            }
        }
    }

    /** Goes on by one position; false where its frame has left before or was refused. */
    private boolean releaseFirst(CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        long held = now - camera.firstArrivalMillis();
        FramePosition position = camera.releaseFirst(options);
        if (position == null) {
            return false;
        }
        emit(position, takePayload(position), held, now, out);
        return true;
    }

    private void flush(int frames, CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        for (int left = frames; left > 0; left--) {
            flushFirst(camera, now, out);
        }
        metrics.flushed(frames);
    }

    private void flushFirst(CameraSequence camera, long now, Collector<SequencedFrame> out)
            throws Exception {
        long bytes = camera.heldBytes();
        long held = now - camera.firstHeldArrivalMillis();
        FramePosition position = camera.flushFirst();
        metrics.pendingBy(-1, camera.heldBytes() - bytes);
        emit(position, takePayload(position), held, now, out);
    }

    private CameraFrame takePayload(FramePosition position) throws Exception {
        CameraFrame frame = payloads.get(position);
        if (frame == null) {
            throw new IllegalStateException(
                    "The frame at " + position + " is in the index but its payload is not");
        }
        payloads.remove(position);
        return frame;
    }

    private void emit(
            FramePosition position,
            CameraFrame frame,
            long heldMillis,
            long now,
            Collector<SequencedFrame> out) {
        metrics.released(frame, now);
        out.collect(new SequencedFrame(position.epoch(), frame, Math.max(0, heldMillis)));
    }

    /** A camera that moves between partitions has lost its order: the topic has one for each. */
    private void notePartition(CameraFrame frame, CameraSequence camera) {
        int partition = frame.provenance().partition();
        int before = camera.marks().partition();
        camera.marks().partition(partition);
        if (before == partition || before == CameraMarks.NO_PARTITION) {
            return;
        }
        metrics.partitionChanged();
        if (!hasWarnedOfPartition) {
            hasWarnedOfPartition = true;
            LOG.warn(
                    "Camera {} moved from partition {} to {} of {}: its frames have no common order,"
                            + " and its results are not the same in a replay. Let all its producers"
                            + " partition by key in the same way and add no partitions; further moves"
                            + " are counted in partitionChanges alone",
                    frame.cameraId(),
                    before,
                    partition,
                    frame.provenance().topic());
        }
    }

    /** After a recovery every timer is due at once, but the backlog must be read first. */
    private void noteFirstActivity(long now) {
        if (earliestFlushMillis == NEVER) {
            earliestFlushMillis = now + options.flushAfterMillis();
        }
    }

    /**
     * A timer that fires late tells of a task that was busy, not of a camera that does not go on:
     * its frames may wait in the task's input, behind the timers. They get their turn once.
     */
    private boolean mayHaveFramesWaiting(CameraSequence camera, long timestamp, long now) {
        return camera.heldFrames() > 0
                && now - timestamp > PUNCTUAL_MILLIS
                && timestamp < camera.oldestArrivalMillis() + 2 * options.flushAfterMillis();
    }

    private void watchWaiting(CameraSequence camera, long now, TimerService timers) {
        if (options.boundsWaiting() || options.forgetsCameras()) {
            camera.marks().lastAcceptedMillis(now);
            // What has just arrived waits for the longest: a timer before its time may stand.
            long timer = camera.marks().timerMillis();
            if (timer == 0 || timer > now + longestWait(camera)) {
                arm(timeToAct(camera), camera, timers);
            }
        }
    }

    /** Lets a timer that fires in time stand, since it looks again at what there is to do. */
    private void arm(long wanted, CameraSequence camera, TimerService timers) {
        long timer = camera.marks().timerMillis();
        if (timer != 0 && timer <= wanted) {
            return;
        }
        if (timer != 0) {
            timers.deleteProcessingTimeTimer(timer);
            camera.marks().timerMillis(0);
        }
        if (wanted != NEVER) {
            armAt(wanted, camera, timers);
        }
    }

    private static void armAt(long millis, CameraSequence camera, TimerService timers) {
        timers.registerProcessingTimeTimer(millis);
        camera.marks().timerMillis(millis);
    }

    private long timeToAct(CameraSequence camera) {
        long wait = longestWait(camera);
        if (wait == 0) {
            return NEVER;
        }
        long since =
                camera.heldFrames() > 0
                        ? camera.oldestArrivalMillis()
                        : camera.marks().lastAcceptedMillis();
        return Math.max(since + wait, earliestFlushMillis);
    }

    /** Milliseconds; 0 for ever. */
    private long longestWait(CameraSequence camera) {
        return camera.heldFrames() > 0 ? options.flushAfterMillis() : options.positionTtlMillis();
    }
}
