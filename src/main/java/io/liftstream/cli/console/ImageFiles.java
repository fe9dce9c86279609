package io.liftstream.cli.console;

import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder of images. */
public final class ImageFiles {
    private static final List<String> EXTENSIONS =
            List.of("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif");

    private ImageFiles() {}

    /**
     * {@return the files that are named as images, in the order of their names}
     *
     * @param folder is not searched below
     * @throws InvalidConfigurationException where there are none
     * @throws IOException where the folder cannot be read
     */
    public static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> images = files.filter(ImageFiles::isImage).sorted().toList();
            if (images.isEmpty()) {
                throw new InvalidConfigurationException(
                        List.of(
                                folder
                                        + " holds no images, files named *."
                                        + String.join(", *.", EXTENSIONS)));
            }
            return images;
        }
    }

    /** Whether this is a file that is named as an image. */
    public static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))
                && Files.isRegularFile(file);
    }
}
