package io.liftstream.frame;

/** Why a frame did not become a result; {@code proto/README.md} explains each to its producer. */
public enum RejectionReason {
    /** Not a CameraFrame message, or without a usable capture time. */
    MALFORMED,
    /** A field of the frame or of its command is out of range. */
    INVALID_COMMAND,
    /** The camera id and the record's key differ. */
    KEY_MISMATCH,
    /** The capture time is too far ahead of the broker's clock. */
    BAD_CLOCK,
    /** Behind what its camera has already released. */
    LATE,
    /** Late because its camera was flushed after silence. */
    LATE_AFTER_FLUSH,
    /** Its position is pending or was just released. */
    DUPLICATE,
    /** Too old by the broker's clock when its turn came; live only. */
    SHED,
    /** The image is empty, damaged, of no known format, or not readable at its path. */
    UNREADABLE_IMAGE,
    /** The image's header says more pixels than are allowed. */
    IMAGE_TOO_LARGE,
    /** The model is not among those that the operator allowed. */
    MODEL_NOT_ALLOWED,
    /** The path is not below a root that the operator allowed. */
    PATH_NOT_ALLOWED,
    /** The network failed on this frame, or its output is not finite. */
    INFERENCE_FAILED,
    /** Too large for the result topic even without its cloud. */
    RESULT_TOO_LARGE,
    /** Of a camera that is not known yet, while the slot knows as many as it may. */
    TOO_MANY_CAMERAS,
    /** A model cannot be opened here: its file, its facts, its download, or what would run it. */
    MODEL_UNAVAILABLE,
    /** An error that nobody foresaw, or no memory left for the frame; the job's log has it. */
    UNEXPECTED_FAILURE,
    /** No frame: a record of the calibration topic that does not count. */
    BAD_CALIBRATION,
    /** Processes died while it was lifted; it is not lifted again. */
    POISON
}
