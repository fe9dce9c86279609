package io.liftstream.network;

import java.util.regex.Pattern;

/**
 * The device that runs the networks no longer works. It is no request's fault, so it is no {@link
 * io.liftstream.frame.LiftingException}: whoever holds the networks has to close and open them
 * anew, in the streaming job by failing the task.
 */
public final class DeviceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Errors after which a process cannot use CUDA any more, as the CUDA runtime's documentation of
     * {@code cudaError_t} says: uncorrectable memory, and faults of a kernel. And 46, "devices are
     * busy or unavailable": a process that met it on a full H100 still did 76 s after the memory
     * was free, while another used the GPU.
     */
    private static final Pattern LASTING =
            Pattern.compile("CUDA (?:failure|error) (?:46|214|700|702|710|71[4-9])\\b");

    /**
     * A failure.
     *
     * @param message what no longer works
     * @param cause the failure that showed it
     */
    public DeviceFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * {@return whether a failure is one after which this process cannot use its GPU any more}
     *
     * @param failure with its causes
     */
    public static boolean isLasting(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && LASTING.matcher(cause.getMessage()).find()) {
                return true;
            }
        }
        return false;
    }
}
