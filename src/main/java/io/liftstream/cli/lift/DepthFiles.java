package io.liftstream.cli.lift;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which depth file belongs to which image: one file for all images, one for each in their order, or
 * those of a folder by their names.
 */
final class DepthFiles {
    private static final Set<String> ENDINGS = Set.of("npy", "png", "tif", "tiff", "bin");

    private final List<Path> files;
    private final List<Path> inFolder;

    private DepthFiles(List<Path> files, List<Path> inFolder) {
        this.files = files;
        this.inFolder = inFolder;
    }

    /**
     * Pairs files with images.
     *
     * @param given what the user named, none for no depth files
     * @param images how many images there are
     * @throws InvalidConfigurationException where there is no such file, or where the numbers
     *     differ
     */
    static DepthFiles of(List<Path> given, int images) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path file : given) {
            if (!Files.exists(file)) {
                problems.add("--depth " + file + ": there is no such file or folder");
            } else if (given.size() > 1 && Files.isDirectory(file)) {
                problems.add("--depth " + file + ": is a folder; give one folder, or files alone");
            }
        }
        if (given.size() > 1 && given.size() != images) {
            problems.add(
                    given.size()
                            + " depth files for "
                            + images
                            + " images: give one for each, in the same order, or a folder");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        boolean folder = given.size() == 1 && Files.isDirectory(given.get(0));
        return new DepthFiles(given, folder ? list(given.get(0)) : null);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Whether there are none: networks estimate the depth. */
    boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * The depth file of an image, or null where there are no depth files.
     *
     * @throws LiftingException where the folder holds none for it, or several
     */
    Path of(int index, Path image) {
        if (files.isEmpty()) {
            return null;
        }
        if (inFolder != null) {
            return named(image);
        }
        return files.get(files.size() == 1 ? 0 : index);
    }

    private Path named(Path image) {
        String stem = stem(image);
        List<Path> found =
                inFolder.stream()
                        .filter(file -> !isSame(file, image))
                        .filter(file -> ENDINGS.contains(ending(file)))
                        .filter(file -> isOf(stem, image, stem(file)))
                        .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new LiftingException(
                RejectionReason.INVALID_COMMAND,
                "--depth " + files.get(0),
                found.isEmpty()
                        ? "without a file for " + image.getFileName()
                        : "with several files for " + image.getFileName() + ": " + names(found),
                "must hold one, " + stem + ".npy, .png, .tif or .bin");
    }

    private static boolean isOf(String stem, Path image, String name) {
        return name.equals(stem)
                || name.equals(stem + "_depth")
                || name.equals(stem + ".depth")
                || name.equals(image.getFileName() + ".depth");
    }

    private static boolean isSame(Path file, Path image) {
        return file.toAbsolutePath().normalize().equals(image.toAbsolutePath().normalize());
    }

    private static String names(List<Path> files) {
        return String.join(
                ", ", files.stream().map(file -> file.getFileName().toString()).toList());
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
