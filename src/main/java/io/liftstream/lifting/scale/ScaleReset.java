package io.liftstream.lifting.scale;

/** Why a camera's steady scale began anew with a frame. */
public enum ScaleReset {
    /** The camera's first frame. */
    START,
    /** The camera restarted. */
    EPOCH,
    /** Another model estimated the depth: its numbers mean something else. */
    MODEL,
    /** The picture has another size. */
    SIZE,
    /** The picture has nothing in common with the one before. */
    CUT
}
