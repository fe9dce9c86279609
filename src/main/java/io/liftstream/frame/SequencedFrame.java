package io.liftstream.frame;

/**
 * A frame released in its camera's order.
 *
 * @param epoch rises with each start of the camera that was seen, unsigned; order is (epoch,
 *     capture time, sequence)
 * @param frame the frame
 */
public record SequencedFrame(int epoch, CameraFrame frame) {}
