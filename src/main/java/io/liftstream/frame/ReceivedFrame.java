package io.liftstream.frame;

/**
 * What one record of the frames topic became when it was read: a frame or a rejection, never both.
 *
 * @param frame the frame, or null
 * @param rejection the rejection, or null
 */
public record ReceivedFrame(CameraFrame frame, FrameRejection rejection) {

    /** A record that held a usable frame. */
    public static ReceivedFrame of(CameraFrame frame) {
        return new ReceivedFrame(frame, null);
    }

    /** A record that is refused. */
    public static ReceivedFrame of(FrameRejection rejection) {
        return new ReceivedFrame(null, rejection);
    }
}
