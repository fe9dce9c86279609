package io.liftstream.image;

/**
 * The size of a network's input, pixels.
 *
 * @param height rows
 * @param width columns
 */
public record InputSize(int height, int width) {}
