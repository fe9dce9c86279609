package io.liftstream.lifting.calibration;

import io.liftstream.frame.DurationText;
import java.time.Duration;
import java.time.Instant;

/**
 * Which of a camera's calibrations count, in the order in which they were published: a function of
 * those before and of nothing else. Each must hold from later on than the one before, so that none
 * changes what frames before it were lifted with.
 */
public final class CalibrationOrder {

    /** The most different calibrations that a camera may have on one topic. */
    public static final int MAX_OF_A_CAMERA = 4096;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long maxAheadMillis;

    /**
     * @param maxAheadMillis how far behind its publication a calibration may begin to hold; 0 =
     *     however far
     */
    public CalibrationOrder(long maxAheadMillis) {
        this.maxAheadMillis = maxAheadMillis;
    }

    /**
     * The calibration that counted last, as far as the next is judged by it.
     *
     * @param validFromNanos the capture time from which on it holds, nanoseconds since 1970
     * @param sha256 of what it says
     * @param count how many have counted with it
     */
    public record Mark(long validFromNanos, String sha256, int count) {

        /**
         * {@return the mark behind a calibration that counts}
         *
         * @param before the mark before it, or null
         * @param next the calibration
         */
        public static Mark after(Mark before, DatedCalibration next) {
            return new Mark(
                    next.validFromNanos(), next.sha256(), before == null ? 1 : before.count + 1);
        }
    }

    /**
     * {@return whether a calibration that {@link #problem} does not refuse says what holds already}
     *
     * @param last the one that counted last, or null
     * @param next the calibration
     */
    public static boolean repeats(Mark last, DatedCalibration next) {
        return last != null && last.sha256.equals(next.sha256());
    }

    /**
     * {@return why a calibration is refused, or null}
     *
     * @param last the one that counted last, or null
     * @param next the calibration
     */
    public String problem(Mark last, DatedCalibration next) {
        long aheadMillis = next.validFromNanos() / NANOS_PER_MILLI - next.appendedMillis();
        if (maxAheadMillis > 0 && aheadMillis > maxAheadMillis) {
            Duration ahead = Duration.ofMillis(aheadMillis);
            Duration max = Duration.ofMillis(maxAheadMillis);
            return validFrom(next)
                    + DurationText.exceeding(ahead, max)
                    + " after it was published: it may begin "
                    + DurationText.of(max)
                    + " (ordering.max-clock-skew) after that; publish it when it holds";
        }
        if (last == null) {
            return null;
        }
        if (next.validFromNanos() < last.validFromNanos) {
            return validFrom(next)
                    + "before the calibration that is published already ("
                    + timeOf(last.validFromNanos)
                    + "): it comes too late, frames were lifted without it; let it hold from later"
                    + " on, or begin another topic";
        }
        if (repeats(last, next)) {
            return null;
        }
        if (next.validFromNanos() == last.validFromNanos) {
            return validFrom(next)
                    + "when another one with other numbers begins to hold: they contradict each"
                    + " other; let it hold from later on, or begin another topic";
        }
        if (last.count >= MAX_OF_A_CAMERA) {
            return "the camera has "
                    + last.count
                    + " calibrations, the most that one topic may hold of it: begin another topic";
        }
        return null;
    }

    private static String validFrom(DatedCalibration calibration) {
        return "it holds from " + timeOf(calibration.validFromNanos()) + ", ";
    }

    private static String timeOf(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
