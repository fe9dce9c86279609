package io.liftstream.stream;

import java.io.Serializable;

/**
 * How calibrations are judged and chosen.
 *
 * @param maxAheadMillis how far behind its publication a calibration may begin to hold; 0 = however
 *     far
 * @param hindsight whether frames get calibrations that were published after them
 */
public record CalibrationSettings(long maxAheadMillis, boolean hindsight) implements Serializable {}
