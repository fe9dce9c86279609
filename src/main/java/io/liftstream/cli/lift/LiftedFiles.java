package io.liftstream.cli.lift;

import io.liftstream.cli.console.ImageFiles;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that a user named: files as they were given, folders in the order of their files'
 * names.
 *
 * @param images all of them
 * @param remarks on what the folders hold besides, a line each
 */
record LiftedFiles(List<Path> images, List<String> remarks) {

    /**
     * Lists them.
     *
     * @param given files and folders
     * @param out where results go, whether it exists or not
     * @throws InvalidConfigurationException where one does not exist, a folder has no images or is
     *     that of the results, or where the results of two would have one name
     */
    static LiftedFiles of(List<Path> given, Path out) throws IOException {
        List<Path> images = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                requireOther(path, out);
                images.addAll(ImageFiles.images(path));
                ImageFiles.unreadPictures(path).ifPresent(remarks::add);
            } else {
                images.add(path);
                if (Files.notExists(path)) {
                    problems.add(path + ": there is no such file or folder");
                }
            }
        }
        addEqualNames(images, out, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new LiftedFiles(images, remarks);
    }

    private static void requireOther(Path folder, Path out) throws IOException {
        if (Files.exists(out) && Files.isSameFile(folder, out)) {
            throw new InvalidConfigurationException(
                    List.of(
                            "--out "
                                    + out
                                    + " is the images' own folder: the next run would lift its"
                                    + " results; choose another folder"));
        }
    }

    /** Files are named by their image, so the later of two would overwrite the earlier's. */
    private static void addEqualNames(List<Path> images, Path out, List<String> problems) {
        Map<Path, Path> firsts = new HashMap<>();
        for (Path image : images) {
            Path first = firsts.putIfAbsent(image.getFileName(), image);
            if (first != null) {
                problems.add(
                        first
                                + " and "
                                + image
                                + " would both be written to "
                                + out.resolve(image.getFileName())
                                + ".*: lift each with an --out of its own");
            }
        }
    }
}
