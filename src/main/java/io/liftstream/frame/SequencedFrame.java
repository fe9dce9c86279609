package io.liftstream.frame;

/**
 * A frame released in its camera's order.
 *
 * @param epoch counts the camera's restarts, from 0; order is (epoch, capture time, sequence)
 * @param frame the frame
 */
public record SequencedFrame(int epoch, CameraFrame frame) {}
