package io.liftstream.cli.console;

import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder of images. */
public final class ImageFiles {
    private static final List<String> EXTENSIONS =
            List.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "tif", "tiff", "gif");

    private ImageFiles() {}

    /**
     * {@return the files that are named as images, in the order of their names, in which numbers
     * count as numbers}
     *
     * @param folder is not searched below
     * @throws InvalidConfigurationException where there are none
     * @throws IOException where the folder cannot be read
     */
    public static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> images =
                    files.filter(ImageFiles::isImage)
                            .sorted(Comparator.comparing(ImageFiles::name, new NumberedNames()))
                            .toList();
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

    /**
     * {@return the files that are not named as images, in the order of their names}
     *
     * @param folder is not searched below
     * @throws IOException where the folder cannot be read
     */
    public static List<Path> others(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && !isImage(file))
                    .sorted(Comparator.comparing(ImageFiles::name, new NumberedNames()))
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /**
     * Whether this is a file that is named as an image. Names with a dot before them are notes of
     * operating systems.
     *
     * @param file any
     * @return whether it is
     */
    public static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))
                && Files.isRegularFile(file);
    }
}
