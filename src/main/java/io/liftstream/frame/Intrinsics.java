package io.liftstream.frame;

/**
 * Pinhole intrinsics of one image, in pixels: {@code u = fx * x / z + cx}, {@code v = fy * y / z +
 * cy}.
 *
 * <p>Pixel centres lie on integer coordinates, so an image of width W spans -0.5 to W - 0.5.
 *
 * @param fx focal length along the columns, pixels
 * @param fy focal length along the rows, pixels
 * @param cx column of the principal point, pixels
 * @param cy row of the principal point, pixels
 */
public record Intrinsics(double fx, double fy, double cx, double cy) {

    /**
     * {@return the intrinsics of the image at another size}
     *
     * @param across its columns there, as a multiple of those here
     * @param down its rows there, as a multiple of those here
     */
    public Intrinsics scaled(double across, double down) {
        // The image begins half a pixel before its first pixel's centre.
        return new Intrinsics(
                fx * across, fy * down, (cx + 0.5) * across - 0.5, (cy + 0.5) * down - 0.5);
    }
}
