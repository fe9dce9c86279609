package io.liftstream.cli.demo;

/**
 * The true depth of a rendered frame.
 *
 * @param metres z along the optical axis, row-major; infinite for the sky
 */
record DepthTruth(int width, int height, float[] metres) {}
