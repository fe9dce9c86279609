package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;

/**
 * What became of one command of a batch: an image with its depth or a failure, never both, so that
 * one image's failure is not its neighbours'.
 *
 * @param image the image with its depth, or null
 * @param failure why there is none, or null
 */
public record EstimationOutcome(EstimatedImage image, LiftingException failure) {

    static EstimationOutcome of(EstimatedImage image) {
        return new EstimationOutcome(image, null);
    }

    static EstimationOutcome of(LiftingException failure) {
        return new EstimationOutcome(null, failure);
    }

    /**
     * {@return the image with its depth}
     *
     * @throws LiftingException the failure, where there is none
     */
    public EstimatedImage imageOrThrow() {
        if (failure != null) {
            throw failure;
        }
        return image;
    }
}
