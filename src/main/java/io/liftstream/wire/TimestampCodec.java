package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;

/** Nanoseconds since 1970 to and from protobuf timestamps. */
final class TimestampCodec {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final long LATEST_SECOND =
            Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

    /** In 2001; from then on the units' numbers do not overlap. */
    private static final long FIRST_LIKELY_SECOND = 1_000_000_000L;

    private static final long THOUSAND = 1_000;

    private TimestampCodec() {}

    /** Whether it is a time between 1970 and 2200. */
    static boolean isWithinLimits(Timestamp time) {
        return time.getSeconds() >= 0
                && time.getSeconds() < LATEST_SECOND
                && time.getNanos() >= 0
                && time.getNanos() < NANOS_PER_SECOND;
    }

    /** What a time out of the limits may be, for the end of a message; else nothing. */
    static String likelyMistake(Timestamp time) {
        long number = time.getSeconds();
        for (String unit : List.of("milliseconds", "microseconds", "nanoseconds")) {
            number /= THOUSAND;
            if (number >= FIRST_LIKELY_SECOND && number < LATEST_SECOND) {
                return "; the producer seems to write "
                        + unit
                        + " as seconds, correct the unit there";
            }
        }
        return "";
    }

    static Timestamp toMessage(long nanos) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(nanos, NANOS_PER_SECOND))
                .setNanos((int) Math.floorMod(nanos, NANOS_PER_SECOND))
                .build();
    }

    /**
     * A capture time that somebody else wrote.
     *
     * @throws InvalidProtocolBufferException where it is out of the limits
     */
    static long captureNanos(Timestamp time) throws InvalidProtocolBufferException {
        if (!isWithinLimits(time)) {
            throw new InvalidProtocolBufferException(
                    "capture_time is "
                            + time.getSeconds()
                            + " s "
                            + time.getNanos()
                            + " ns: not between 1970 and 2200");
        }
        return toNanos(time);
    }

    static long toNanos(Timestamp time) {
        return time.getSeconds() * NANOS_PER_SECOND + time.getNanos();
    }
}
