package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;

/**
 * What one camera's order needs to know about its frames: positions and sizes, never payloads.
 *
 * <p>It is the rules of order without Flink. What they say depends on the frames that this camera
 * sent before, in the order in which they arrived, and on nothing else. Where a frame has to leave
 * before its turn by the rules, because it has waited too long or memory is short, its position
 * stays behind as if it were still pending; so live and replay agree about every frame but those
 * that come after their place was passed in this way ({@link Placement#LATE_AFTER_FLUSH}).
 */
final class CameraSequence {
    /** Whether a frame that comes next by its sequence is taken to come next in time. */
    enum Trust {
        /** No frame has left at once so far. */
        UNTRIED,
        /** Frames have left at once. */
        USED,
        /** The camera does not count, or a frame came that one with a higher sequence overtook. */
        LOST
    }

    private static final long MILLIS_PER_SECOND = 1000;
    private static final long MAX_EPOCH = 0xFFFF_FFFFL;
    private static final long UNCOUNTED = -1;

    private final SortedPositions pending;
    private final SeenPositions seen;
    private final LateRun lateRun;
    private final CameraMarks marks;
    private CameraStreams streams;
    private Trust trust = Trust.UNTRIED;
    private int epoch;
    private FramePosition newest;
    private FramePosition lastReleased;
    private FramePosition flushedThrough;
    private long pendingBytes;
    private int heldFrames;
    private long heldBytes;

    /** A camera that has not sent anything. */
    CameraSequence() {
        this(new SortedPositions(), new SeenPositions(), new LateRun(), new CameraMarks());
        streams = CameraStreams.NONE;
    }

    /** A camera as it was when it was copied or written to state. */
    CameraSequence(
            SortedPositions pending, SeenPositions seen, LateRun lateRun, CameraMarks marks) {
        this.pending = pending;
        this.seen = seen;
        this.lateRun = lateRun;
        this.marks = marks;
    }

    /** Sets the epoch and what it has come to, as it was copied or read from state. */
    void restore(
            CameraStreams streams,
            Trust trust,
            int epoch,
            FramePosition newest,
            FramePosition lastReleased,
            FramePosition flushedThrough) {
        this.streams = streams;
        this.trust = trust;
        this.epoch = epoch;
        this.newest = newest;
        this.lastReleased = lastReleased;
        this.flushedThrough = flushedThrough;
        for (int index = 0; index < pending.size(); index++) {
            pendingBytes += pending.bytes(index);
            if (!isFlushedOver(positionAt(index))) {
                heldFrames++;
                heldBytes += pending.bytes(index);
            }
        }
    }

    /** Says where a frame that has just arrived goes, and remembers that it came. */
    Placement arrive(CameraFrame frame, SequencingSettings options) {
        if (newest == null || streams.isNew(frame.streamId())) {
            return Placement.STARTS_EPOCH;
        }
        if (streams.hasEnded(frame.streamId())) {
            return isSeen(frame) ? Placement.DUPLICATE : Placement.OF_ENDED_STREAM;
        }
        return frame.captureTimeNanos() < watermark(options) ? late(frame) : inTime(frame);
    }

    private Placement late(CameraFrame frame) {
        if (isSeen(frame)) {
            lateRun.end();
            return Placement.DUPLICATE;
        }
        if (isOldInItsStream(frame)) {
            lateRun.end();
            return Placement.LATE;
        }
        lateRun.add(positionOf(frame));
        return lateRun.isConfirmed() ? Placement.STARTS_EPOCH : Placement.LATE;
    }

    /** Within one stream that is named a counter only rises, whatever the clock does. */
    private boolean isOldInItsStream(CameraFrame frame) {
        return frame.streamId() != null && frame.counted() && frame.sequence() <= newest.sequence();
    }

    private Placement inTime(CameraFrame frame) {
        lateRun.end();
        FramePosition position = positionOf(frame);
        boolean passed = lastReleased != null && position.isAtOrBefore(lastReleased);
        if (passed
                ? isSeen(frame)
                : pending.contains(position.captureTimeNanos(), position.sequence())) {
            return Placement.DUPLICATE;
        }
        if (!passed) {
            return isFlushedOver(position) ? Placement.LATE_AFTER_FLUSH : Placement.ACCEPTED;
        }
        seen.add(fingerprint(frame));
        if (trust == Trust.USED) {
            trust = Trust.LOST;
            return Placement.OUT_OF_SEQUENCE;
        }
        return Placement.PASSED;
    }

    /**
     * Begins the epoch of its first frame; the frames of the old one must have been released.
     *
     * <p>An epoch is the second of its first record's Kafka timestamp, and at least one more than
     * the one before: so it rises even when the camera was forgotten or the job is started anew.
     */
    void beginEpoch(CameraFrame first) {
        if (!pending.isEmpty()) {
            throw new IllegalStateException(
                    "epoch " + epoch + " still has " + pending.size() + " pending frames");
        }
        int second = secondOf(first.provenance());
        boolean risesByItself = newest == null || Integer.compareUnsigned(second, epoch) > 0;
        epoch = risesByItself ? second : epoch + 1;
        streams = streams.after(first.streamId());
        trust = Trust.UNTRIED;
        newest = null;
        lastReleased = null;
        flushedThrough = null;
        lateRun.end();
    }

    private static int secondOf(Provenance provenance) {
        long second = Math.floorDiv(provenance.brokerTimeMillis(), MILLIS_PER_SECOND);
        return (int) Math.min(Math.max(second, 0), MAX_EPOCH);
    }

    /** Takes the position of a frame that has one; {@link #releaseFirst} gives it back in turn. */
    FramePosition add(CameraFrame frame, long nowMillis) {
        FramePosition position = positionOf(frame);
        int bytes = frame.payload().length;
        pending.add(position.captureTimeNanos(), position.sequence(), bytes, nowMillis);
        pendingBytes += bytes;
        if (!isFlushedOver(position)) {
            heldFrames++;
            heldBytes += bytes;
        }
        seen.add(fingerprint(frame));
        if (!frame.counted()) {
            trust = Trust.LOST;
        }
        if (newest == null || newest.compareTo(position) < 0) {
            newest = position;
        }
        return position;
    }

    /** Whether the oldest pending frame has waited for all that can come before it. */
    boolean isFirstDue(SequencingSettings options) {
        return !pending.isEmpty()
                && (pending.captureTimeNanos(0) <= watermark(options)
                        || (options.trustsSequence() && isFirstNextInSequence()));
    }

    private boolean isFirstNextInSequence() {
        return trust != Trust.LOST
                && lastReleased != null
                && pending.sequence(0) == lastReleased.sequence() + 1;
    }

    /** Whether more is pending than may be held. */
    boolean isOverfull(SequencingSettings options) {
        return pending.size() > options.maxPendingFrames()
                || pendingBytes > options.maxPendingBytes();
    }

    /** Whether this is the oldest pending position. */
    boolean isFirst(FramePosition position) {
        return pending.captureTimeNanos(0) == position.captureTimeNanos()
                && pending.sequence(0) == position.sequence();
    }

    /** When the frame of the oldest pending position arrived, wall-clock milliseconds. */
    long firstArrivalMillis() {
        return pending.arrivalMillis(0);
    }

    /** When the oldest frame that is held arrived, wall-clock milliseconds. */
    long firstHeldArrivalMillis() {
        return pending.arrivalMillis(pending.size() - heldFrames);
    }

    /** Goes past the oldest pending position: null where its frame has left or was refused. */
    FramePosition releaseFirst(SequencingSettings options) {
        FramePosition first = positionAt(0);
        int bytes = pending.bytes(0);
        boolean hasLeft = isFlushedOver(first);
        if (options.trustsSequence() && isFirstNextInSequence()) {
            trust = Trust.USED;
        }
        pending.removeFirst();
        pendingBytes -= bytes;
        lastReleased = first;
        if (hasLeft) {
            flushedThrough = flushedThrough.isAtOrBefore(first) ? null : flushedThrough;
            return null;
        }
        heldFrames--;
        heldBytes -= bytes;
        return first;
    }

    /** Lets the oldest frame that is held leave before its turn; its position stays. */
    FramePosition flushFirst() {
        int index = pending.size() - heldFrames;
        FramePosition first = positionAt(index);
        flushedThrough = first;
        heldFrames--;
        heldBytes -= pending.bytes(index);
        return first;
    }

    /** How many frames must leave so that none is held that arrived at this time or before. */
    int heldSince(long millis) {
        int frames = heldFrames;
        int held = pending.size() - heldFrames;
        while (frames > 0 && pending.arrivalMillis(held + frames - 1) > millis) {
            frames--;
        }
        return frames;
    }

    /** When the frame that is held for the longest time arrived, wall-clock milliseconds. */
    long oldestArrivalMillis() {
        long oldest = Long.MAX_VALUE;
        for (int index = pending.size() - heldFrames; index < pending.size(); index++) {
            oldest = Math.min(oldest, pending.arrivalMillis(index));
        }
        return oldest;
    }

    /** Newest accepted capture time minus the bound: older frames are late. */
    long watermark(SequencingSettings options) {
        return newest.captureTimeNanos() - options.maxOutOfOrdernessNanos();
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Positions that the rules wait at, in order; those of frames that are held come last. */
    SortedPositions pending() {
        return pending;
    }

    /** Pending frames whose payload is held. */
    int heldFrames() {
        return heldFrames;
    }

    long heldBytes() {
        return heldBytes;
    }

    SeenPositions seen() {
        return seen;
    }

    LateRun lateRun() {
        return lateRun;
    }

    CameraStreams streams() {
        return streams;
    }

    Trust trust() {
        return trust;
    }

    int epoch() {
        return epoch;
    }

    FramePosition newest() {
        return newest;
    }

    /** The last position that the rules went past in this epoch, or null. */
    FramePosition lastReleased() {
        return lastReleased;
    }

    /** Frames of pending positions up to this one have left before their turn; null for none. */
    FramePosition flushedThrough() {
        return flushedThrough;
    }

    CameraMarks marks() {
        return marks;
    }

    private boolean isSeen(CameraFrame frame) {
        return seen.contains(fingerprint(frame));
    }

    private static int fingerprint(CameraFrame frame) {
        return SeenPositions.fingerprint(
                frame.captureTimeNanos(), frame.counted() ? frame.sequence() : UNCOUNTED);
    }

    private boolean isFlushedOver(FramePosition position) {
        return flushedThrough != null && position.isAtOrBefore(flushedThrough);
    }

    private FramePosition positionOf(CameraFrame frame) {
        return new FramePosition(epoch, frame.captureTimeNanos(), frame.sequence());
    }

    private FramePosition positionAt(int index) {
        return new FramePosition(epoch, pending.captureTimeNanos(index), pending.sequence(index));
    }
}
