package io.liftstream.stream;

import io.liftstream.frame.RejectionReason;

/** What a camera's order says about a frame that has just arrived. */
enum Placement {
    /** It has a place among the frames that are pending or still to come. */
    ACCEPTED(null),
    /** It is the first frame after the camera restarted or its clock was set back. */
    STARTS_EPOCH(null),
    /** Its position is pending or was just released. */
    DUPLICATE(RejectionReason.DUPLICATE),
    /** It is behind what was released, or older than the camera's watermark. */
    LATE(RejectionReason.LATE),
    /** It would have had a place, had silence not released the frames after it. */
    LATE_AFTER_FLUSH(RejectionReason.LATE_AFTER_FLUSH);

    private final RejectionReason rejection;

    Placement(RejectionReason rejection) {
        this.rejection = rejection;
    }

    boolean isRejected() {
        return rejection != null;
    }

    /** The reason to give, or null where the frame is taken. */
    RejectionReason rejection() {
        return rejection;
    }
}
