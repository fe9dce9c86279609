package io.liftstream.lifting;

/** Refuses images by their size, before a network is run for them. */
@FunctionalInterface
public interface ImageSizeLimit {
    /** Refuses none. */
    ImageSizeLimit NONE = (width, height) -> {};

    /**
     * Checks a size.
     *
     * @param width columns, pixels
     * @param height rows, pixels
     * @throws io.liftstream.frame.LiftingException for an image that is too large
     */
    void check(int width, int height);
}
