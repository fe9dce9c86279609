package io.liftstream.cli.console;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder of images. */
public final class ImageFiles {
    private static final List<String> EXTENSIONS =
            List.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "tif", "tiff", "gif");

    /**
     * Pictures too, of formats that nothing here reads: of phones, of cameras' sensors, of
     * programs.
     */
    private static final Set<String> UNREAD_EXTENSIONS =
            Set.of(
                    "heic", "heif", "avif", "jxl", "jp2", "j2k", "jxr", "dng", "cr2", "cr3", "nef",
                    "arw", "orf", "rw2", "raf", "ppm", "pgm", "pnm", "tga", "exr", "hdr", "psd");

    private static final String FIELD = "image_input";
    private static final int MAX_NAMES = 10;

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
                                        + " has no images; their names must end in ."
                                        + String.join(", .", EXTENSIONS)));
            }
            return images;
        }
    }

    /**
     * {@return what is said of pictures of formats that are not read, one line or none}
     *
     * @param folder is not searched below
     * @throws IOException where the folder cannot be read
     */
    public static Optional<String> unreadPictures(Path folder) throws IOException {
        List<String> names = names(folder, ImageFiles::isUnread);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (names.size() == 1 ? "1 picture" : names.size() + " pictures")
                                + " in "
                                + folder
                                + " of a format that cannot be read; convert to JPEG or PNG: "
                                + listed(names));
    }

    /**
     * {@return what is said of files that are not named as pictures, one line or none}
     *
     * @param folder is not searched below
     * @throws IOException where the folder cannot be read
     */
    public static Optional<String> others(Path folder) throws IOException {
        List<String> names = names(folder, file -> !isImage(file) && !isUnread(file));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (names.size() == 1 ? "1 other file" : names.size() + " other files")
                                + " in "
                                + folder
                                + ": "
                                + listed(names));
    }

    /**
     * {@return what is wrong with an image, to stand behind the name of its file}
     *
     * @param refusal as the library has it, which knows no file
     */
    public static String fault(LiftingException refusal) {
        String field = refusal.field();
        if (!field.startsWith(FIELD)) {
            return refusal.getMessage();
        }
        return refusal.reason() == RejectionReason.UNREADABLE_IMAGE
                ? refusal.remedy()
                : refusal.named("the image" + field.substring(FIELD.length())).getMessage();
    }

    private static List<String> names(Path folder, Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(which)
                    .map(ImageFiles::name)
                    .sorted(new NumberedNames())
                    .toList();
        }
    }

    private static String listed(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
        return names.size() > MAX_NAMES ? shown + " ..." : shown;
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
        return EXTENSIONS.contains(extension(file)) && Files.isRegularFile(file);
    }

    private static boolean isUnread(Path file) {
        return UNREAD_EXTENSIONS.contains(extension(file));
    }

    /** In small letters; empty for a name with a dot before it. */
    private static String extension(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return name.startsWith(".") ? "" : name.substring(name.lastIndexOf('.') + 1);
    }
}
