package io.liftstream.cli.publish;

import java.io.IOException;
import java.util.List;

/**
 * Images of one camera in the order in which it took them, read one at a time so that a long
 * recording needs no memory. Not thread-safe.
 */
interface ImageSupply extends AutoCloseable {

    /**
     * Number of images, at least 1, with those that are left out; an estimate where they are not
     * counted.
     */
    long length();

    /** Whether the length is exact before all images were read. */
    boolean counted();

    /** From the first image to the last by the images' own times, nanoseconds. */
    long spanNanos();

    /** When the first was taken, nanoseconds since 1970; null where the images do not say. */
    Long startNanos();

    /** The next image, or null after the last. */
    TimedImage next() throws IOException;

    /** The name of the largest image; null where sizes are known when they are read. */
    String largestName();

    /** The size of the largest image, bytes; 0 where it is not known. */
    long largestBytes();

    /** One line for each image, or row of them, that is left out since it is not whole. */
    List<String> leftOut();

    /** One line for each way in which images are not sent as they are stored. */
    default List<String> changes() {
        return List.of();
    }

    @Override
    void close();

    /**
     * An image and its own time.
     *
     * @param index of the image among all, from 0: those that are left out have theirs
     * @param offsetNanos after the first image was taken, nanoseconds
     * @param encoded the bytes of an image file
     */
    record TimedImage(long index, long offsetNanos, byte[] encoded) {}
}
