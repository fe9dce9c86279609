package io.liftstream.foxglove;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.proto.foxglove.Log;
import java.util.Locale;

/** Frames that became no result, as lines of a viewer's log. */
public final class RejectionMessages {

    /** Where the lines of all cameras go. */
    public static final String TOPIC = "/rejections";

    private RejectionMessages() {}

    /**
     * {@return a rejection as a line of the log}
     *
     * @param rejection any rejection
     * @param timeNanos its place on the viewer's time line, nanoseconds since 1970; the capture
     *     time would do, where it is known and not itself what was wrong
     */
    public static FoxgloveMessage of(FrameRejection rejection, long timeNanos) {
        Provenance place = rejection.provenance();
        Log log =
                Log.newBuilder()
                        .setTimestamp(Stamps.of(timeNanos))
                        .setLevel(Log.Level.WARNING)
                        .setName(rejection.cameraId() == null ? "" : rejection.cameraId())
                        .setMessage(
                                String.format(
                                        Locale.ROOT,
                                        "%s: %s (frame %s/%d/%d%s)",
                                        rejection.reason(),
                                        rejection.detail(),
                                        place.topic(),
                                        place.partition(),
                                        place.offset(),
                                        further(rejection)))
                        .build();
        return new FoxgloveMessage(TOPIC, FoxgloveSchema.LOG, timeNanos, log.toByteArray());
    }

    private static String further(FrameRejection rejection) {
        int count = rejection.furtherOffsets().length;
        return count == 0 ? "" : " and " + count + " after it";
    }
}
