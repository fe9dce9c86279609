package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;

/** What a camera's order says about a frame that has just arrived. */
enum Placement {
    /** It has a place among the frames that are pending or still to come. */
    ACCEPTED(null),
    /** It is the first of its camera, or the first after a restart or a step of its clock. */
    STARTS_EPOCH(null),
    /** Its position has been seen before. */
    DUPLICATE(RejectionReason.DUPLICATE),
    /** It is older than the camera's watermark. */
    LATE(RejectionReason.LATE),
    /** Its stream ended when another one of the camera began. */
    OF_ENDED_STREAM(RejectionReason.LATE),
    /** Frames behind it were released early, because too many were pending. */
    PASSED(RejectionReason.LATE),
    /** A frame behind it was released at once, because its sequence came next. */
    OUT_OF_SEQUENCE(RejectionReason.LATE),
    /** It would have had a place, had the frames behind it not left before their time. */
    LATE_AFTER_FLUSH(RejectionReason.LATE_AFTER_FLUSH);

    private final RejectionReason rejection;

    Placement(RejectionReason rejection) {
        this.rejection = rejection;
    }

    /** Whether the frame is refused. */
    boolean isRejected() {
        return rejection != null;
    }

    /** Whether the frame has a position in the camera's order, be it refused or not. */
    boolean hasPosition() {
        return rejection == null || this == LATE_AFTER_FLUSH;
    }

    /** The reason to give, or null where the frame is taken. */
    RejectionReason rejection() {
        return rejection;
    }
}
