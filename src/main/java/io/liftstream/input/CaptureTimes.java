package io.liftstream.input;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Capture times as producers write them: RFC 3339, or a number since 1970 whose size tells whether
 * it counts seconds, milliseconds, microseconds or nanoseconds. From 2001 to 2200 the four never
 * overlap.
 */
final class CaptureTimes {
    /** Without an exponent: nobody sends one, and a large one would be a large number. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{10,19}(\\.[0-9]{1,12})?");

    private static final BigDecimal FIRST_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal END_SECOND =
            BigDecimal.valueOf(Instant.parse("2200-01-01T00:00:00Z").getEpochSecond());
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int LARGEST_UNIT_DIGITS = 9;

    private CaptureTimes() {}

    /**
     * Nanoseconds since 1970.
     *
     * @param place where the text was found, for the message
     * @throws LiftingException MALFORMED where it is no such time
     */
    static long nanos(String text, String place) {
        String trimmed = text.trim();
        Long nanos =
                NUMBER.matcher(trimmed).matches()
                        ? ofNumber(new BigDecimal(trimmed))
                        : ofText(trimmed);
        if (nanos == null) {
            throw new LiftingException(
                    RejectionReason.MALFORMED,
                    "capture time (" + place + ")",
                    shortened(trimmed),
                    "it must lie between 2001 and 2200, as RFC 3339 such as 2026-01-31T08:00:00Z or"
                            + " as a number of seconds, milliseconds, microseconds or nanoseconds"
                            + " since 1970");
        }
        return nanos;
    }

    /**
     * Nanoseconds since 1970 of a record's timestamp, whose unit is Kafka's.
     *
     * @throws LiftingException MALFORMED where it is no time of which there are frames
     */
    static long nanosOfMillis(long millis, String place) {
        BigDecimal seconds = BigDecimal.valueOf(millis, 3);
        if (!isWithinLimits(seconds)) {
            throw new LiftingException(
                    RejectionReason.MALFORMED,
                    "capture time (" + place + ")",
                    millis + " ms since 1970",
                    "it must lie between 2001 and 2200"
                            + (ofNumber(BigDecimal.valueOf(millis)) == null
                                    ? ""
                                    : "; write milliseconds, not seconds, microseconds or"
                                            + " nanoseconds"));
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static Long ofNumber(BigDecimal number) {
        for (int digits = 0; digits <= LARGEST_UNIT_DIGITS; digits += 3) {
            BigDecimal seconds = number.movePointLeft(digits);
            if (isWithinLimits(seconds)) {
                return seconds.movePointRight(LARGEST_UNIT_DIGITS)
                        .setScale(0, RoundingMode.DOWN)
                        .longValueExact();
            }
        }
        return null;
    }

    private static Long ofText(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return isWithinLimits(BigDecimal.valueOf(time.getEpochSecond()))
                    ? time.getEpochSecond() * NANOS_PER_SECOND + time.getNano()
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isWithinLimits(BigDecimal seconds) {
        return seconds.compareTo(FIRST_SECOND) >= 0 && seconds.compareTo(END_SECOND) < 0;
    }

    static String shortened(String text) {
        int longest = 40;
        String shown = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
