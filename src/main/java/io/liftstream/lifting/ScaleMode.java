package io.liftstream.lifting;

/** What relative depth is scaled by, where neither a fixed range nor known points say so. */
public enum ScaleMode {
    /** Each frame's own extremes. */
    FRAME,
    /** What the camera's frames before agreed on. */
    STEADY
}
