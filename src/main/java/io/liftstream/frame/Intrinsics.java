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
public record Intrinsics(double fx, double fy, double cx, double cy) {}
