package io.liftstream.frame;

/**
 * What one record of the frames topic became when it was read: a frame or a rejection, never both.
 *
 * @param frame the frame, or null
 * @param rejection the rejection, or null
 */
public record ReceivedFrame(CameraFrame frame, FrameRejection rejection) {

    /**
     * {@return a record that held a usable frame}
     *
     * @param frame the frame that it held
     */
    public static ReceivedFrame of(CameraFrame frame) {
        return new ReceivedFrame(frame, null);
    }

    /**
     * {@return a record that is refused}
     *
     * @param rejection why it is refused
     */
    public static ReceivedFrame of(FrameRejection rejection) {
        return new ReceivedFrame(null, rejection);
    }
}
