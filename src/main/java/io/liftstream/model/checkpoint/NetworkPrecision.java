package io.liftstream.model.checkpoint;

/**
 * The precision of a converted network's weights and of its arithmetic. Its input and its output
 * are float32 in every one.
 */
public enum NetworkPrecision {
    /** Exact for every checkpoint. */
    FLOAT32,
    /**
     * Weights stored in float16, which is half the file, and computed with in float32. Exact for a
     * checkpoint that was float16 itself; what is computed from weights stays float32.
     */
    FLOAT16_WEIGHTS,
    /**
     * Weights and arithmetic in float16: for GPUs, whose tensor cores take it. A CPU has few such
     * operators, and converts to float32 and back around each of the others.
     */
    FLOAT16
}
