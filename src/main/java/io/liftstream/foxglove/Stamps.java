package io.liftstream.foxglove;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Nanoseconds since 1970 as the time stamp of a message. */
final class Stamps {

    private static final long END_SECOND = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Stamps() {}

    /** Whether a time lies between 1970 and 2200. */
    static boolean isWithinLimits(Timestamp time) {
        return time.getSeconds() >= 0
                && time.getSeconds() < END_SECOND
                && time.getNanos() >= 0
                && time.getNanos() < NANOS_PER_SECOND;
    }

    static Timestamp of(long nanos) {
        Instant time = Instant.ofEpochSecond(0, nanos);
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
