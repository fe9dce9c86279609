package io.liftstream.network;

/**
 * The device that runs the networks no longer works. It is no request's fault, so it is no {@link
 * io.liftstream.frame.LiftingException}: whoever holds the networks has to close and open them
 * anew, in the streaming job by failing the task.
 */
public final class DeviceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what no longer works
     * @param cause the failure that showed it
     */
    public DeviceFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
