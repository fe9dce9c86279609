package io.liftstream.lifting;

/** Refuses images by the size of their results, before a network is run for them. */
@FunctionalInterface
public interface ImageSizeLimit {
    /** Refuses none. */
    ImageSizeLimit NONE = (width, height) -> {};

    /**
     * Checks a size.
     *
     * @param width columns of the result, pixels
     * @param height rows of the result, pixels
     * @throws io.liftstream.frame.LiftingException for an image that is too large
     */
    void check(int width, int height);
}
