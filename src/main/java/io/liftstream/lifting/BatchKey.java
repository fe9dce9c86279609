package io.liftstream.lifting;

/**
 * Images with equal keys can share one network run.
 *
 * @param backend {@code name@sha256} of the model, or {@code supplied}
 * @param height rows of the network's input; of the depth map where it was supplied
 * @param width columns of the network's input; of the depth map where it was supplied
 */
public record BatchKey(String backend, int height, int width) {}
