package io.liftstream.wire;

import com.google.protobuf.Timestamp;

/** Nanoseconds since 1970 to and from protobuf timestamps. */
final class TimestampCodec {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private TimestampCodec() {}

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
