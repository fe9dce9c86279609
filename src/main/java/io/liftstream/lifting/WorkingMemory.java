package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;

/**
 * The heap that one slot has for the images that it lifts together. What an image takes follows
 * from its header, so that it is known before a pixel is decoded.
 *
 * @param maxBytes so many for all images of a batch
 */
public record WorkingMemory(long maxBytes) {
    /** The decoded picture. */
    private static final int BYTES_OF_A_PICTURE_PIXEL = 3;

    /**
     * Depth map and metres, 4 each; and 16 for what is made next: a corrected depth map, the depth
     * image, and the record with the points, one image after the other.
     */
    private static final int BYTES_OF_A_RESULT_PIXEL = 24;

    /** The rest is for pending frames, for what is known of cameras, and for Kafka's clients. */
    private static final int PARTS = 8;

    private static final int PARTS_OF_LIFTING = 3;

    /**
     * {@return three eighths of a slot's share of the heap}
     *
     * @param heapBytes the slot's share
     */
    public static WorkingMemory ofSlot(long heapBytes) {
        return new WorkingMemory(Math.max(1, heapBytes / PARTS * PARTS_OF_LIFTING));
    }

    /**
     * {@return the heap that an image takes while it is lifted, bytes}
     *
     * @param picture as it is decoded
     * @param result its result
     */
    public static long bytes(ImageSize picture, ImageSize result) {
        return BYTES_OF_A_PICTURE_PIXEL * picture.pixels()
                + BYTES_OF_A_RESULT_PIXEL * result.pixels();
    }

    /**
     * Refuses an image that cannot be lifted here even alone.
     *
     * @param picture as its header says
     * @param result its result
     * @throws LiftingException IMAGE_TOO_LARGE
     */
    public void requireHolds(ImageSize picture, ImageSize result) {
        long needed = bytes(picture, result);
        if (needed > maxBytes) {
            throw new LiftingException(
                    RejectionReason.IMAGE_TOO_LARGE,
                    "image_input size",
                    picture,
                    "lifting it takes "
                            + needed
                            + " bytes of memory, and a slot of this job has "
                            + maxBytes
                            + " (batching.max-bytes); send a smaller image, or give the task"
                            + " manager more heap or fewer slots");
        }
    }
}
