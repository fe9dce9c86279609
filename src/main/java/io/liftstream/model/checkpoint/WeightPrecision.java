package io.liftstream.model.checkpoint;

/** How a converted model stores its weights; it always computes in float32 on the CPU. */
public enum WeightPrecision {
    /** Exact for every checkpoint. */
    FLOAT32,
    /**
     * Half the file; exact only for a checkpoint that was float16 itself. What is computed from
     * weights stays float32.
     */
    FLOAT16
}
