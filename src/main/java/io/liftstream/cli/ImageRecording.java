package io.liftstream.cli;

import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Images of one camera in the order in which it took them, and when that was. */
final class ImageRecording {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final List<Path> images;
    private final long[] captureTimes;

    private ImageRecording(List<Path> images, long[] captureTimes) {
        this.images = images;
        this.captureTimes = captureTimes;
    }

    /**
     * Images taken when their files were last modified.
     *
     * @throws InvalidConfigurationException where that is not the order of their names
     */
    static ImageRecording byFileTime(List<Path> images) throws IOException {
        long[] times = new long[images.size()];
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            times[i] = nanos(Files.getLastModifiedTime(images.get(i)).toInstant());
            if (i > 0 && times[i] < times[i - 1] && problems.isEmpty()) {
                problems.add(
                        images.get(i)
                                + " was modified before "
                                + images.get(i - 1).getFileName()
                                + ": the file times are no capture times; give --fps, and --start"
                                + " where it is known");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new ImageRecording(images, times);
    }

    /**
     * Images taken at a steady rate.
     *
     * @param startNanos when the first was taken, nanoseconds since 1970
     * @param fps images a second
     */
    static ImageRecording atRate(List<Path> images, long startNanos, double fps) {
        long[] times = new long[images.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = startNanos + Math.round(i * (NANOS_PER_SECOND / fps));
        }
        return new ImageRecording(images, times);
    }

    /** Nanoseconds since 1970. */
    static long nanos(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }

    /** Number of images. */
    int length() {
        return captureTimes.length;
    }

    /** The file of an image. */
    Path image(int index) {
        return images.get(index);
    }

    /** When an image was taken, nanoseconds since 1970. */
    long captureTime(int index) {
        return captureTimes[index];
    }

    /** From the first image to another, nanoseconds. */
    long offset(int index) {
        return captureTimes[index] - captureTimes[0];
    }
}
