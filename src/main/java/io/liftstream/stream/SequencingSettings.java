package io.liftstream.stream;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long {@link SequenceFrames} waits for a camera's frames, and how much it holds for it. The
 * job's configuration checks the ranges.
 *
 * @param maxOutOfOrdernessNanos how far behind its camera's newest frame a frame may be captured
 *     and still be put in order, nanoseconds; 0 or more
 * @param trustsSequence whether a frame whose sequence follows that of the last released frame is
 *     released at once
 * @param flushAfterMillis how long a frame waits for its turn after its arrival, by the wall clock,
 *     milliseconds; 0 = for ever (replay)
 * @param maxPendingFrames most frames held for one camera; 1 or more
 * @param maxPendingBytes most payload bytes held for one camera; 1 or more
 * @param positionTtlMillis wall-clock silence after which a camera is forgotten, milliseconds; 0 =
 *     never (replay). It should be longer than the frames topic's retention
 */
public record SequencingSettings(
        long maxOutOfOrdernessNanos,
        boolean trustsSequence,
        long flushAfterMillis,
        int maxPendingFrames,
        long maxPendingBytes,
        long positionTtlMillis)
        implements Serializable {

    private static final int FLUSH_PERIODS_OF_LONGEST_WAIT = 3;

    /** {@return whether waiting is bounded by the wall clock: in live it is, in replay not} */
    public boolean boundsWaiting() {
        return flushAfterMillis > 0;
    }

    /** {@return whether a silent camera is forgotten at all} */
    public boolean forgetsCameras() {
        return positionTtlMillis > 0;
    }

    /**
     * {@return how long a frame may wait for order after it has arrived, in live: until its
     * camera's next frames or, when they do not come, its silence decide it. A timer that fires
     * late waits once more, and for at most {@code flushAfterMillis}}
     */
    public Duration longestWait() {
        return Duration.ofNanos(maxOutOfOrdernessNanos)
                .plusMillis(FLUSH_PERIODS_OF_LONGEST_WAIT * flushAfterMillis);
    }
}
