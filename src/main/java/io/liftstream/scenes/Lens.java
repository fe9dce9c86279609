package io.liftstream.scenes;

import io.liftstream.frame.Intrinsics;

/**
 * What the camera does to light.
 *
 * @param focal focal length as a part of the picture's width
 * @param shiftX principal point right of the middle, as a part of the width
 * @param shiftY principal point below the middle, as a part of the height
 * @param brightness the mean that the exposure aims at, linear, 0..1
 * @param tint colour cast of the white balance
 * @param blur share of each pixel's light that spreads to its neighbours, 0..1
 * @param noise deviation of the sensor's noise, in parts of full scale
 * @param vignette loss of light in the corners, 0..1
 * @param contrast exponent of the tone curve; 1 is neutral
 */
record Lens(
        double focal,
        double shiftX,
        double shiftY,
        double brightness,
        Colour tint,
        double blur,
        double noise,
        double vignette,
        double contrast) {

    static Lens random(SceneRandom random) {
        return new Lens(
                random.between(0.62, 1.25),
                random.normal(0.012),
                random.normal(0.012),
                random.between(0.16, 0.4),
                new Colour(
                        random.between(0.9, 1.12),
                        random.between(0.96, 1.04),
                        random.between(0.88, 1.12)),
                random.between(0.05, 0.5),
                random.between(0, 0.015),
                random.between(0, 0.3),
                random.between(0.9, 1.35));
    }

    /** The pinhole intrinsics for a picture of this size; pixels are square. */
    Intrinsics intrinsics(int width, int height) {
        double focalPixels = focal * width;
        return new Intrinsics(
                focalPixels,
                focalPixels,
                (width - 1) / 2.0 + shiftX * width,
                (height - 1) / 2.0 + shiftY * height);
    }
}
