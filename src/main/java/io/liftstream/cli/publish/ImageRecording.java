package io.liftstream.cli.publish;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Images of one camera in the order in which it took them, and when that was. */
final class ImageRecording {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ImageSupply images;
    private final long startNanos;
    private final Double fps;
    private long taken;
    private long lastTakenNanos;
    private boolean ended;

    /**
     * A recording of images, which whoever opened them closes.
     *
     * @param startNanos when the first was taken, nanoseconds since 1970
     * @param fps images a second; null for the images' own times
     */
    ImageRecording(ImageSupply images, long startNanos, Double fps) {
        this.images = images;
        this.startNanos = startNanos;
        this.fps = fps;
    }

    /** From the first image to the last, nanoseconds; parameters as above. */
    static long span(ImageSupply images, Double fps) {
        return fps == null ? images.spanNanos() : steady(images.length() - 1, fps);
    }

    private static long steady(long index, double fps) {
        return Math.round(index * (NANOS_PER_SECOND / fps));
    }

    /** Nanoseconds since 1970. */
    static long nanos(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }

    /** Number of images; an estimate where they are not counted. */
    long length() {
        return ended ? taken : images.length();
    }

    /** Whether the length is exact, as it is of every recording once all images were read. */
    boolean counted() {
        return ended || images.counted();
    }

    /** When the first image was taken, nanoseconds since 1970. */
    long firstNanos() {
        return startNanos;
    }

    /** When the last image was taken, nanoseconds since 1970; as exact as the length. */
    long lastNanos() {
        return ended ? lastTakenNanos : startNanos + span(images, fps);
    }

    /** The next image, or null after the last. */
    CapturedImage next() throws IOException {
        ImageSupply.TimedImage image = images.next();
        if (image == null) {
            ended = true;
            return null;
        }
        taken++;
        long offset = fps == null ? image.offsetNanos() : steady(image.index(), fps);
        lastTakenNanos = startNanos + offset;
        return new CapturedImage(image.index(), lastTakenNanos, image.encoded());
    }

    /**
     * An image and when it was taken.
     *
     * @param sequence its number, from 0; those that are left out have theirs
     * @param captureTimeNanos nanoseconds since 1970
     * @param encoded the bytes of an image file
     */
    record CapturedImage(long sequence, long captureTimeNanos, byte[] encoded) {}
}
