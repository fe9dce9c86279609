package io.liftstream.wire;

/** How clouds are written into results. */
public enum CloudFormat {
    /** 16 bytes a point, exact. */
    FLOAT32,
    /**
     * As a Draco file, coordinates rounded; FLOAT32 for a cloud with a coordinate that has no grid.
     */
    DRACO,
    /** FLOAT32, and DRACO where the result would be too large. */
    AUTO
}
