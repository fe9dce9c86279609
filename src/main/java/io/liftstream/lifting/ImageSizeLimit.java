package io.liftstream.lifting;

import io.liftstream.image.ImageSize;

/** Refuses images by what their headers say, before they are decoded. */
@FunctionalInterface
public interface ImageSizeLimit {
    /** Refuses none. */
    ImageSizeLimit NONE = (picture, result) -> {};

    /**
     * Checks a size.
     *
     * @param picture as its header says
     * @param result what its result would have
     * @throws io.liftstream.frame.LiftingException for an image that is too large
     */
    void check(ImageSize picture, ImageSize result);
}
