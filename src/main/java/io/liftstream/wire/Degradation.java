package io.liftstream.wire;

/** A step that made a result smaller. */
public enum Degradation {
    /** The cloud keeps every second row and column. */
    CLOUD_STRIDE_2,
    /** The cloud keeps every fourth row and column. */
    CLOUD_STRIDE_4,
    /** The depth map is float16. */
    DEPTH_FLOAT16,
    /** There is no cloud. */
    NO_CLOUD
}
