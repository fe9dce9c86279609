package io.liftstream.frame;

/**
 * A frame released in its camera's order.
 *
 * @param epoch rises with each start of the camera that was seen, unsigned; order is (epoch,
 *     capture time, sequence)
 * @param frame the frame
 * @param heldMillis how long it waited for its turn after it was read, milliseconds by the wall
 *     clock
 */
public record SequencedFrame(int epoch, CameraFrame frame, long heldMillis) {
    /**
     * A frame that had its turn when it was read.
     *
     * @param epoch as above
     * @param frame the frame
     */
    public SequencedFrame(int epoch, CameraFrame frame) {
        this(epoch, frame, 0);
    }
}
