package io.liftstream.network;

/**
 * What a network said about a batch of frames, at the network's own resolution and in its own unit.
 *
 * @param values row-major [batch][height][width], owned by the receiver
 * @param batch number of frames
 * @param height rows of one map
 * @param width columns of one map
 */
public record DepthPrediction(float[] values, int batch, int height, int width) {}
