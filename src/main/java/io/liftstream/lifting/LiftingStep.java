package io.liftstream.lifting;

/** A step on an image's way from a command to its depth; each is timed. */
public enum LiftingStep {
    /** Checks the command and decodes its image. */
    PREPARE,
    /** Pixels to the network's input. */
    PREPROCESS,
    /** The network's run. */
    NETWORK,
    /** The network's output to depth maps at the images' sizes. */
    POSTPROCESS
}
