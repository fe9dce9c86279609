package io.liftstream.cli.publish;

import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Image files, one after the other, as they are. */
final class ImageFileRecording implements ImageSupply {
    private final List<Path> images;
    private final long[] times;
    private int next;

    private ImageFileRecording(List<Path> images, long[] times) {
        this.images = images;
        this.times = times;
    }

    /**
     * Images taken when their files were last modified.
     *
     * @param images at least one
     * @throws InvalidConfigurationException where that is not the order of their names
     */
    static ImageFileRecording byFileTime(List<Path> images) throws IOException {
        long[] times = new long[images.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = ImageRecording.nanos(Files.getLastModifiedTime(images.get(i)).toInstant());
            if (i > 0 && times[i] < times[i - 1]) {
                throw new InvalidConfigurationException(
                        List.of(
                                images.get(i)
                                        + " was modified before "
                                        + images.get(i - 1).getFileName()
                                        + ": the file times are no capture times; give --fps, and"
                                        + " --start where it is known"));
            }
        }
        return new ImageFileRecording(images, times);
    }

    /** Images that do not say when they were taken. */
    static ImageFileRecording untimed(List<Path> images) {
        return new ImageFileRecording(images, null);
    }

    @Override
    public long length() {
        return images.size();
    }

    @Override
    public boolean counted() {
        return true;
    }

    @Override
    public long spanNanos() {
        return offset(images.size() - 1);
    }

    @Override
    public Long startNanos() {
        return times == null ? null : (Long) times[0];
    }

    @Override
    public TimedImage next() throws IOException {
        if (next == images.size()) {
            return null;
        }
        int index = next++;
        return new TimedImage(offset(index), Files.readAllBytes(images.get(index)));
    }

    private long offset(int index) {
        return times == null ? 0 : times[index] - times[0];
    }

    @Override
    public void close() {
        // Each file is closed once it is read.
    }
}
