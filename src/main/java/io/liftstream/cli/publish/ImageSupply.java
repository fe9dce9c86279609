package io.liftstream.cli.publish;

import java.io.IOException;

/**
 * Images of one camera in the order in which it took them, read one at a time so that a long
 * recording needs no memory. Not thread-safe.
 */
interface ImageSupply extends AutoCloseable {

    /** Number of images, at least 1; an estimate where they are not counted. */
    long length();

    /** Whether the length is exact before all images were read. */
    boolean counted();

    /** From the first image to the last by the images' own times, nanoseconds. */
    long spanNanos();

    /** When the first was taken, nanoseconds since 1970; null where the images do not say. */
    Long startNanos();

    /** The next image, or null after the last. */
    TimedImage next() throws IOException;

    @Override
    void close();

    /**
     * An image and its own time.
     *
     * @param offsetNanos after the first image was taken, nanoseconds
     * @param encoded the bytes of an image file
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes are passed on, never compared as a record.
    record TimedImage(long offsetNanos, byte[] encoded) {}
}
