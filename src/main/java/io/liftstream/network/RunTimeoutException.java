package io.liftstream.network;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;

/** A run of a network took longer than it may, and was ended. */
public final class RunTimeoutException extends LiftingException {
    private static final long serialVersionUID = 1L;

    /**
     * A run that was ended.
     *
     * @param model what ran
     * @param batch how many images it ran on
     * @param timeoutMillis how long it may run, milliseconds
     */
    public RunTimeoutException(String model, int batch, long timeoutMillis) {
        super(
                RejectionReason.INFERENCE_FAILED,
                "model " + model,
                (Throwable) null,
                "not done with "
                        + batch
                        + (batch == 1 ? " image" : " images")
                        + ": a run may take "
                        + timeoutMillis
                        + " ms (inference.run-timeout)");
    }
}
