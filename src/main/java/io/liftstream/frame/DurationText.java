package io.liftstream.frame;

import java.time.Duration;
import java.util.Locale;

/**
 * Measured durations as people read them: {@code 250 us}, {@code 267 ms}, {@code 1.3 s}, {@code 5
 * min}, {@code 2 h 1 min}, {@code 400 days}. They are rounded, so a value of an option, which must
 * be found again as it was written, is not for this.
 */
public final class DurationText {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int DECIMAL_BELOW = 10;

    private DurationText() {}

    /** Units of less than a minute, and from how many on the next one is used. */
    private enum Unit {
        NANOSECONDS("ns", 1, 1_000),
        MICROSECONDS("us", 1_000, 1_000),
        MILLISECONDS("ms", 1_000_000, 1_000),
        SECONDS("s", NANOS_PER_SECOND, SECONDS_PER_MINUTE);

        private final String symbol;
        private final long nanos;
        private final long end;

        Unit(String symbol, long nanos, long end) {
            this.symbol = symbol;
            this.nanos = nanos;
            this.end = end;
        }
    }

    /**
     * {@return the duration in its largest unit, of less than 10 with a decimal where it says
     * something, or from a minute on in the two largest}
     *
     * @param time from 0 to 292 years
     */
    public static String of(Duration time) {
        for (Unit unit : Unit.values()) {
            double rounded = rounded((double) time.toNanos() / unit.nanos);
            if (rounded < unit.end) {
                boolean whole = rounded == Math.rint(rounded);
                return String.format(
                        Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", rounded, unit.symbol);
            }
        }
        return longer(Math.round((double) time.toNanos() / NANOS_PER_SECOND));
    }

    /**
     * {@return a duration that is more than it may be, so that it does not read as if it were not}
     *
     * @param time the duration
     * @param limit which it exceeds
     */
    public static String exceeding(Duration time, Duration limit) {
        String text = of(time);
        return text.equals(of(limit)) ? "just over " + text : text;
    }

    private static double rounded(double value) {
        return value < DECIMAL_BELOW ? Math.round(value * 10) / 10.0 : Math.round(value);
    }

    private static String longer(long seconds) {
        if (seconds >= 2 * SECONDS_PER_DAY) {
            return Math.round((double) seconds / SECONDS_PER_DAY) + " days";
        }
        return seconds < SECONDS_PER_HOUR
                ? two(seconds, SECONDS_PER_MINUTE, "min", 1, "s")
                : two(seconds, SECONDS_PER_HOUR, "h", SECONDS_PER_MINUTE, "min");
    }

    private static String two(
            long seconds, long larger, String largerUnit, long smaller, String smallerUnit) {
        long rest = seconds % larger / smaller;
        return seconds / larger
                + " "
                + largerUnit
                + (rest == 0 ? "" : " " + rest + " " + smallerUnit);
    }
}
