package io.liftstream.image;

/**
 * A decoded 16-bit grey image, rows from the top, no padding. Nobody writes to the array.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param values {@code width * height} unsigned values
 */
public record Grey16Image(int width, int height, short[] values) implements GreyImage {}
