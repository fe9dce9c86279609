package io.liftstream.frame;

/** How a network's output, or a supplied depth map, becomes metres along the optical axis. */
public enum DepthMapping {
    /** z = output x unit factor; for models that predict a distance. */
    METRIC,
    /**
     * z = 1 / (n / near + (1 - n) / far) with n the output scaled to [0, 1]; for relative inverse
     * depth.
     */
    INVERSE,
    /**
     * vizion3d's linear flip of the output onto [0.5 m, depth_trunc], quantised to uint16; for
     * comparison.
     */
    LINEAR
}
