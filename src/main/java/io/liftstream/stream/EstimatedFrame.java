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
 * @param newestOfBatchMillis when the broker appended the newest frame of its batch, milliseconds
 *     since 1970: all of the batch have been read
 */
public record EstimatedFrame(
        SequencedFrame frame,
        IntrinsicsSource intrinsicsSource,
        EstimatedImage image,
        long newestOfBatchMillis) {

    /** A frame alone in its batch. */
    EstimatedFrame(SequencedFrame frame, IntrinsicsSource source, EstimatedImage image) {
        this(frame, source, image, frame.frame().provenance().brokerTimeMillis());
    }

    /** The same frame in a batch. */
    EstimatedFrame inBatch(long newestMillis) {
        return new EstimatedFrame(frame, intrinsicsSource, image, newestMillis);
    }

    /** {@return the id of the frame's camera, the key of what follows} */
    public String cameraId() {
        return frame.frame().cameraId();
    }
}
