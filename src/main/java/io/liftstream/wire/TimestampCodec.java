package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Nanoseconds since 1970 to and from protobuf timestamps. */
final class TimestampCodec {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final long LATEST_SECOND =
            Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

    private TimestampCodec() {}

    /** Whether it is a time between 1970 and 2200. */
    static boolean isWithinLimits(Timestamp time) {
        return time.getSeconds() >= 0
                && time.getSeconds() < LATEST_SECOND
                && time.getNanos() >= 0
                && time.getNanos() < NANOS_PER_SECOND;
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
