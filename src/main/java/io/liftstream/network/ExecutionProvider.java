package io.liftstream.network;

/** What computes a network's layers. */
public enum ExecutionProvider {
    /** CUDA where an NVIDIA driver is present and the model runs on it, otherwise the CPU. */
    AUTO,
    /** The CPU. */
    CPU,
    /** An NVIDIA GPU through CUDA; opening fails where there is none that works. */
    CUDA,
    /** An NVIDIA GPU through TensorRT, with CUDA for what TensorRT cannot do. */
    TENSORRT
}
