package io.liftstream.kafka;

/** Frames that a replay must read are no longer on the topic. */
public final class FramesGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which partitions and offsets
     * @param cause what the reader met
     */
    public FramesGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
