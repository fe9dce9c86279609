package io.liftstream.cli.console;

import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder of {@code --out}. Folders that it made and that stay empty are gone at its end. */
public final class OutFolder implements AutoCloseable {
    private final List<Path> deepestFirst;

    private OutFolder(List<Path> deepestFirst) {
        this.deepestFirst = deepestFirst;
    }

    /**
     * Makes the folder, and those above it, where they are missing.
     *
     * @param out the folder
     * @return the folder, which can be written to
     * @throws InvalidConfigurationException where it cannot be made or written to
     * @throws IOException where folders that were made in vain cannot be removed
     */
    public static OutFolder open(Path out) throws IOException {
        OutFolder folder = new OutFolder(missing(out));
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            folder.close();
            throw refused(out, fault(out.toAbsolutePath()));
        }
        if (!Files.isWritable(out)) {
            throw refused(out, "it cannot be written to");
        }
        return folder;
    }

    /** Of the place that is there, at the latest the root. */
    private static String fault(Path out) {
        Path there = out;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return there.equals(out) ? "it is a file" : there + " is a file";
        }
        return there + " cannot be written to";
    }

    private static List<Path> missing(Path out) {
        List<Path> missing = new ArrayList<>();
        for (Path path = out.toAbsolutePath();
                path != null && Files.notExists(path);
                path = path.getParent()) {
            missing.add(path);
        }
        return missing;
    }

    private static InvalidConfigurationException refused(Path out, String fault) {
        return new InvalidConfigurationException(
                List.of("--out " + out + ": " + fault + "; choose another folder"));
    }

    @Override
    public void close() throws IOException {
        try {
            for (Path made : deepestFirst) {
                Files.deleteIfExists(made);
            }
        } catch (DirectoryNotEmptyException e) {
            // Something was written there: it stays, with the folders above it.
        }
    }
}
