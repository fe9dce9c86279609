package io.liftstream.foxglove;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Nanoseconds since 1970 as the time stamp of a message. */
final class Stamps {

    private Stamps() {}

    static Timestamp of(long nanos) {
        Instant time = Instant.ofEpochSecond(0, nanos);
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
