package io.liftstream.wire;

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

    static long toNanos(Timestamp time) {
        return time.getSeconds() * NANOS_PER_SECOND + time.getNanos();
    }
}
