package io.liftstream.cli.publish;

import io.liftstream.cli.console.ImageFiles;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Image files, one after the other, as they are; those that EXIF says are to be turned are turned
 * if asked for, since the job takes pixels as they are stored. Each is checked before the first is
 * published; one that is not whole is left out and keeps its number and its time.
 */
final class ImageFileRecording implements ImageSupply {
    private final List<Path> images;
    private final long[] times;
    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private final boolean upright;
    private final Map<Path, String> damages = new LinkedHashMap<>();
    private final Set<Path> turned = new LinkedHashSet<>();
    private Path largest;
    private long largestBytes;
    private int next;

    private ImageFileRecording(List<Path> images, long[] times, boolean upright)
            throws IOException {
        this.images = images;
        this.times = times;
        this.upright = upright;
        for (Path image : images) {
            check(image);
        }
        if (damages.size() == images.size()) {
            throw new InvalidConfigurationException(List.copyOf(damages.values()));
        }
    }

    private void check(Path image) throws IOException {
        byte[] stored = Files.readAllBytes(image);
        try {
            decoder.requireWhole(stored);
            byte[] sent = upright ? decoder.turnedUpright(stored) : stored;
            if (!Arrays.equals(sent, stored)) {
                turned.add(image);
            }
            if (sent.length > largestBytes) {
                largest = image;
                largestBytes = sent.length;
            }
        } catch (LiftingException e) {
            damages.put(image, image + " is left out: " + ImageFiles.fault(e));
        }
    }

    /**
     * Images taken when their files were last modified.
     *
     * @param images at least one
     * @param upright whether they are turned as EXIF says
     * @throws InvalidConfigurationException where that is not the order of their names
     */
    static ImageFileRecording byFileTime(List<Path> images, boolean upright) throws IOException {
        long[] times = new long[images.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = ImageRecording.nanos(Files.getLastModifiedTime(images.get(i)).toInstant());
            if (i > 0 && times[i] < times[i - 1]) {
                throw new InvalidConfigurationException(
                        List.of(
                                images.get(i)
                                        + " was modified before "
                                        + images.get(i - 1).getFileName()
                                        + ", so the files' times are not capture times; give --fps, and"
                                        + " --start if you know when the first was taken"));
            }
        }
        return new ImageFileRecording(images, times, upright);
    }

    /** Images that do not say when they were taken; parameters as above. */
    static ImageFileRecording untimed(List<Path> images, boolean upright) throws IOException {
        return new ImageFileRecording(images, null, upright);
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
        while (next < images.size() && damages.containsKey(images.get(next))) {
            next++;
        }
        if (next == images.size()) {
            return null;
        }
        int index = next++;
        return new TimedImage(index, offset(index), sent(images.get(index)));
    }

    private byte[] sent(Path image) throws IOException {
        byte[] stored = Files.readAllBytes(image);
        return turned.contains(image) ? decoder.turnedUpright(stored) : stored;
    }

    @Override
    public List<String> changes() {
        if (turned.isEmpty()) {
            return List.of();
        }
        return List.of(
                turned.size()
                        + " of "
                        + images.size()
                        + " images, "
                        + turned.iterator().next()
                        + " first, are turned upright as their EXIF orientation says and sent as new"
                        + " files: JPEG of quality "
                        + ImageEncoder.JPEG_QUALITY
                        + " for JPEG, PNG for others; --ignore-orientation sends all as they are");
    }

    @Override
    public String largestName() {
        return largest.toString();
    }

    @Override
    public long largestBytes() {
        return largestBytes;
    }

    @Override
    public List<String> leftOut() {
        return List.copyOf(damages.values());
    }

    private long offset(int index) {
        return times == null ? 0 : times[index] - times[0];
    }

    @Override
    public void close() {
        // Each file is closed once it is read.
    }
}
