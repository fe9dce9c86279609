package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;

/**
 * What became of one image of a batch: a result or a failure, never both, so that one image's
 * failure is not its neighbours'.
 *
 * @param result the result, or null
 * @param failure why there is none, or null
 */
public record LiftingOutcome(DepthEstimationResult result, LiftingException failure) {

    static LiftingOutcome of(DepthEstimationResult result) {
        return new LiftingOutcome(result, null);
    }

    static LiftingOutcome of(LiftingException failure) {
        return new LiftingOutcome(null, failure);
    }

    /**
     * {@return the result}
     *
     * @throws LiftingException the failure, where there is no result
     */
    public DepthEstimationResult resultOrThrow() {
        if (failure != null) {
            throw failure;
        }
        return result;
    }
}
