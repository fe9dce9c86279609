package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever a single frame made go wrong, as the reason why it is rejected. */
public final class FrameFailure {
    private static final Logger LOG = LoggerFactory.getLogger(FrameFailure.class);

    private FrameFailure() {}

    /**
     * {@return a refusal as it is; anything else as UNEXPECTED_FAILURE, and in the log with its
     * cause}
     *
     * @param fault what was thrown
     */
    public static LiftingException of(Throwable fault) {
        if (fault instanceof LiftingException refusal) {
            return refusal;
        }
        LOG.error("A frame failed in a way that nobody foresaw; it is rejected", fault);
        return new LiftingException(
                RejectionReason.UNEXPECTED_FAILURE,
                "frame",
                "not lifted",
                fault instanceof OutOfMemoryError
                        ? "not enough memory; send a smaller image, or give the job more memory"
                        : "an unexpected error; see the job's log",
                fault);
    }
}
