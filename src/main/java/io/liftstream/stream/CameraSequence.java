package io.liftstream.stream;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one camera's order needs to know about its frames: positions and sizes, never payloads.
 *
 * <p>It is the rules of order without Flink. Every answer depends on the frames that this camera
 * sent before, in the order in which they arrived, and on whether silence released some of them; on
 * nothing else. The newest position alone moves the watermark and tells a restart, so a frame that
 * is refused changes nothing, and live and replay agree on all frames that both accept.
 */
final class CameraSequence {
    private final NavigableMap<FramePosition, Integer> pending = new TreeMap<>();
    private final NavigableSet<FramePosition> released = new TreeSet<>();
    private long pendingBytes;
    private int epoch;
    private FramePosition newest;
    private FramePosition flushedThrough;
    private long lastAcceptedMillis;
    private long timerMillis;

    /** A camera that has not sent anything. */
    CameraSequence() {}

    /** A camera read from state; its pending and released positions are added afterwards. */
    CameraSequence(int epoch, FramePosition newest, FramePosition flushedThrough) {
        this.epoch = epoch;
        this.newest = newest;
        this.flushedThrough = flushedThrough;
    }

    /** Where a frame would go; changes nothing. */
    Placement place(long captureTimeNanos, long sequence, SequencingOptions options) {
        if (newest == null) {
            return Placement.ACCEPTED;
        }
        FramePosition position = new FramePosition(epoch, captureTimeNanos, sequence);
        if (pending.containsKey(position) || wasJustReleased(position, options)) {
            return Placement.DUPLICATE;
        }
        if (captureTimeNanos < newest.captureTimeNanos() - options.epochGapNanos()
                && sequence < newest.sequence()) {
            return Placement.STARTS_EPOCH;
        }
        if (captureTimeNanos < watermark(options)) {
            return Placement.LATE;
        }
        if (released.isEmpty() || released.last().compareTo(position) < 0) {
            return Placement.ACCEPTED;
        }
        return flushedThrough != null && position.isAtOrBefore(flushedThrough)
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
        pending.put(position, bytes);
        pendingBytes += bytes;
        if (newest == null || newest.compareTo(position) < 0) {
            newest = position;
        }
        return position;
    }

    /** Whether the camera's watermark has reached the oldest pending frame. */
    boolean isFirstDue(SequencingOptions options) {
        return !pending.isEmpty() && pending.firstKey().captureTimeNanos() <= watermark(options);
    }

    /** Whether more is pending than may be held. */
    boolean isOverfull(SequencingOptions options) {
        return pending.size() > options.maxPendingFrames()
                || pendingBytes > options.maxPendingBytes();
    }

    /** Moves the oldest pending position to the released ones. */
    FramePosition releaseFirst() {
        Map.Entry<FramePosition, Integer> first = pending.pollFirstEntry();
        pendingBytes -= first.getValue();
        released.add(first.getKey());
        return first.getKey();
    }

    /** Remembers that what was released so far may have been released before its time. */
    void markFlushed() {
        flushedThrough = lastReleased();
    }

    private boolean wasJustReleased(FramePosition position, SequencingOptions options) {
        return position.captureTimeNanos() >= oldestToRemember(options)
                && released.contains(position);
    }

    private long oldestToRemember(SequencingOptions options) {
        return watermark(options) - options.maxOutOfOrdernessNanos();
    }

    /**
     * Forgets released positions older than the bound below the watermark, and all but as many as
     * may be pending. The last one stays: nothing at or before it may ever be released.
     */
    void forgetOldReleases(SequencingOptions options) {
        while (released.size() > 1
                && (released.first().captureTimeNanos() < oldestToRemember(options)
                        || released.size() > options.maxPendingFrames())) {
            released.pollFirst();
        }
        if (flushedThrough != null && flushedThrough.captureTimeNanos() < watermark(options)) {
            flushedThrough = null;
        }
    }

    /** Newest accepted capture time minus the bound: older frames are late. */
    long watermark(SequencingOptions options) {
        return newest.captureTimeNanos() - options.maxOutOfOrdernessNanos();
    }

    boolean isPending(FramePosition position) {
        return pending.containsKey(position);
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Pending positions with their payload sizes in bytes, oldest first; a view. */
    NavigableMap<FramePosition, Integer> pending() {
        return Collections.unmodifiableNavigableMap(pending);
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** The positions by which duplicates are told, oldest first; a view. */
    NavigableSet<FramePosition> released() {
        return Collections.unmodifiableNavigableSet(released);
    }

    FramePosition lastReleased() {
        return released.isEmpty() ? null : released.last();
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

    /** Takes back one released position, oldest first, when the camera is read from state. */
    void restoreReleased(FramePosition position) {
        released.add(position);
    }
}
