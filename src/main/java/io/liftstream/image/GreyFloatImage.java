package io.liftstream.image;

/**
 * A decoded grey image of floats, rows from the top, no padding. Nobody writes to the array.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param values {@code width * height} values, NaN and infinities among them
 */
public record GreyFloatImage(int width, int height, float[] values) implements GreyImage {}
