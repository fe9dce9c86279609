package io.liftstream.wire;

/**
 * A cloud as it was compressed on the wire.
 *
 * @param draco a Draco file
 * @param positionStep metres: a coordinate is at most half of it from the exact one
 */
public record CompressedCloud(byte[] draco, double positionStep) {}
