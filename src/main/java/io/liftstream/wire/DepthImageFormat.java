package io.liftstream.wire;

/** How 16-bit depth images are written into results. */
public enum DepthImageFormat {
    /** A PNG file. */
    PNG,
    /** Little-endian uint16, row-major. */
    RAW
}
