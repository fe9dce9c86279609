package io.liftstream.stream;

import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.lifting.EstimatedImage;

/**
 * A frame whose depth is known and whose geometry is still to be made.
 *
 * @param frame the frame
 * @param intrinsicsSource where its intrinsics came from
 * @param image its pixels and their depth
 */
public record EstimatedFrame(
        SequencedFrame frame, IntrinsicsSource intrinsicsSource, EstimatedImage image) {

    /** {@return the id of the frame's camera, the key of what follows} */
    public String cameraId() {
        return frame.frame().cameraId();
    }
}
