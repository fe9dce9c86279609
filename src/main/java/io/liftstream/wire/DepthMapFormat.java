package io.liftstream.wire;

/** How depth maps are written into results. */
public enum DepthMapFormat {
    /** Little-endian float32: exact. */
    FLOAT32,
    /** Little-endian float16; float32 for a map with a value beyond 65504. */
    FLOAT16,
    /** No depth map, only its extremes. */
    NONE
}
