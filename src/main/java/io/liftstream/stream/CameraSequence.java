package io.liftstream.stream;

/**
 * What one camera's order needs to know about its frames: positions and sizes, never payloads.
 *
 * <p>It is the rules of order without Flink. Every answer depends on the frames that this camera
 * sent before, in the order in which they arrived, and on whether silence released some of them; on
 * nothing else. The newest position alone moves the watermark and tells a restart, so a frame that
 * is refused changes nothing, and live and replay agree on all frames that both accept.
 */
final class CameraSequence {
    private final SortedPositions pending;
    private final SortedPositions released;
    private long pendingBytes;
    private int epoch;
    private FramePosition newest;
    private FramePosition flushedThrough;
    private long lastAcceptedMillis;
    private long timerMillis;

    /** A camera that has not sent anything. */
    CameraSequence() {
        this(0, null, null, new SortedPositions(), new SortedPositions());
    }

    /** A camera as it was when it was copied or written to state. */
    CameraSequence(
            int epoch,
            FramePosition newest,
            FramePosition flushedThrough,
            SortedPositions pending,
            SortedPositions released) {
        this.epoch = epoch;
        this.newest = newest;
        this.flushedThrough = flushedThrough;
        this.pending = pending;
        this.released = released;
        for (int index = 0; index < pending.size(); index++) {
            pendingBytes += pending.bytes(index);
        }
    }

    /** Where a frame would go; changes nothing. */
    Placement place(long captureTimeNanos, long sequence, SequencingSettings options) {
        if (newest == null) {
            return Placement.ACCEPTED;
        }
        if (pending.contains(captureTimeNanos, sequence)
                || wasJustReleased(captureTimeNanos, sequence, options)) {
            return Placement.DUPLICATE;
        }
        if (captureTimeNanos < newest.captureTimeNanos() - options.epochGapNanos()
                && sequence < newest.sequence()) {
            return Placement.STARTS_EPOCH;
        }
        if (captureTimeNanos < watermark(options)) {
            return Placement.LATE;
        }
        if (released.isBefore(captureTimeNanos, sequence)) {
            return Placement.ACCEPTED;
        }
        return isFlushedOver(captureTimeNanos, sequence)
                ? Placement.LATE_AFTER_FLUSH
                : Placement.LATE;
    }

    /** Forgets the old epoch's positions; its pending frames must have been released before. */
    void beginEpoch() {
        if (!pending.isEmpty()) {
            throw new IllegalStateException(
                    "epoch " + epoch + " still has " + pending.size() + " pending frames");
        }
        epoch++;
        newest = null;
        flushedThrough = null;
        released.clear();
    }

    /** Takes an accepted frame's position; {@link #releaseFirst} gives it back in its turn. */
    FramePosition add(long captureTimeNanos, long sequence, int bytes) {
        FramePosition position = new FramePosition(epoch, captureTimeNanos, sequence);
        pending.add(captureTimeNanos, sequence, bytes);
        pendingBytes += bytes;
        if (newest == null || newest.compareTo(position) < 0) {
            newest = position;
        }
        return position;
    }

    /** Whether the camera's watermark has reached the oldest pending frame. */
    boolean isFirstDue(SequencingSettings options) {
        return !pending.isEmpty() && pending.captureTimeNanos(0) <= watermark(options);
    }

    /** Whether more is pending than may be held. */
    boolean isOverfull(SequencingSettings options) {
        return pending.size() > options.maxPendingFrames()
                || pendingBytes > options.maxPendingBytes();
    }

    /** Moves the oldest pending position to the released ones. */
    FramePosition releaseFirst() {
        FramePosition first = positionAt(pending, 0);
        int bytes = pending.bytes(0);
        pending.removeFirst();
        pendingBytes -= bytes;
        released.add(first.captureTimeNanos(), first.sequence(), bytes);
        return first;
    }

    /** Remembers that what was released so far may have been released before its time. */
    void markFlushed() {
        flushedThrough = lastReleased();
    }

    private boolean wasJustReleased(
            long captureTimeNanos, long sequence, SequencingSettings options) {
        return captureTimeNanos >= oldestToRemember(options)
                && released.contains(captureTimeNanos, sequence);
    }

    private boolean isFlushedOver(long captureTimeNanos, long sequence) {
        return flushedThrough != null
                && new FramePosition(epoch, captureTimeNanos, sequence)
                        .isAtOrBefore(flushedThrough);
    }

    private long oldestToRemember(SequencingSettings options) {
        return watermark(options) - options.maxOutOfOrdernessNanos();
    }

    /**
     * Forgets released positions older than the bound below the watermark, and all but as many as
     * may be pending. The last one stays: nothing at or before it may ever be released.
     */
    void forgetOldReleases(SequencingSettings options) {
        while (released.size() > 1
                && (released.captureTimeNanos(0) < oldestToRemember(options)
                        || released.size() > options.maxPendingFrames())) {
            released.removeFirst();
        }
        if (flushedThrough != null && flushedThrough.captureTimeNanos() < watermark(options)) {
            flushedThrough = null;
        }
    }

    /** Newest accepted capture time minus the bound: older frames are late. */
    long watermark(SequencingSettings options) {
        return newest.captureTimeNanos() - options.maxOutOfOrdernessNanos();
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Positions of pending frames with their payload sizes; to be read alone. */
    SortedPositions pending() {
        return pending;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** Positions by which duplicates are told, with payload sizes; to be read alone. */
    SortedPositions released() {
        return released;
    }

    FramePosition lastReleased() {
        return released.isEmpty() ? null : positionAt(released, released.size() - 1);
    }

    int epoch() {
        return epoch;
    }

    FramePosition newest() {
        return newest;
    }

    FramePosition flushedThrough() {
        return flushedThrough;
    }

    /** Wall clock when a frame was last accepted, milliseconds; 0 where nobody watches silence. */
    long lastAcceptedMillis() {
        return lastAcceptedMillis;
    }

    void lastAcceptedMillis(long millis) {
        lastAcceptedMillis = millis;
    }

    /** When the camera's one timer fires, wall-clock milliseconds; 0 = there is none. */
    long timerMillis() {
        return timerMillis;
    }

    void timerMillis(long millis) {
        timerMillis = millis;
    }

    private FramePosition positionAt(SortedPositions queue, int index) {
        return new FramePosition(epoch, queue.captureTimeNanos(index), queue.sequence(index));
    }
}
