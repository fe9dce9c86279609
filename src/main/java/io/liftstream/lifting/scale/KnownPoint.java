package io.liftstream.lifting.scale;

import java.io.Serializable;

/**
 * A pixel whose distance was surveyed.
 *
 * @param column of the pixel, from 0
 * @param row of the pixel, from 0
 * @param metres distance along the optical axis (z), positive
 */
public record KnownPoint(int column, int row, double metres) implements Serializable {}
