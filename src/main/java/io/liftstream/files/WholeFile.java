package io.liftstream.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files that are whole or not there: what is written gets its name only at the end. A file
 * of that name is replaced in one step; where writing fails it stays as it was.
 */
public final class WholeFile {
    private static final String UNFINISHED = ".unfinished";

    private WholeFile() {}

    /**
     * Writes a file.
     *
     * @param file the file; its folder exists
     * @param content all of its bytes
     * @throws FileSystemException naming the file, where it cannot be written
     */
    public static void write(Path file, byte[] content) throws FileSystemException {
        write(file, out -> out.write(content));
    }

    /**
     * Writes a file as its bytes are made.
     *
     * @param file the file; its folder exists
     * @param content writes all of its bytes
     * @throws FileSystemException naming the file, where it cannot be written
     */
    public static void write(Path file, Content content) throws FileSystemException {
        Path place = file;
        try {
            // Of a link, what it leads to is replaced.
            place = Files.exists(file) ? file.toRealPath() : file;
            // A device or a pipe has no other content to keep.
            if (Files.exists(place) && !Files.isRegularFile(place)) {
                fill(place, content);
            } else {
                replace(place, unfinished -> fill(unfinished, content));
            }
        } catch (IOException e) {
            throw refusal(file, e);
        }
    }

    /**
     * Has a file made that needs more than a stream, as one does that is assembled from others.
     *
     * @param file the file, which is none yet or a regular one; its folder exists
     * @param maker writes all of the file under the name that it is given
     * @throws FileSystemException naming the file, where it cannot be written
     */
    public static void make(Path file, Maker maker) throws FileSystemException {
        try {
            replace(Files.exists(file) ? file.toRealPath() : file, maker);
        } catch (IOException e) {
            throw refusal(file, e);
        }
    }

    private static void replace(Path file, Maker maker) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            maker.make(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private static void fill(Path file, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
    }

    /**
     * {@return why a file cannot be written, with its name}
     *
     * @param file as the user knows it
     * @param failure of the operating system
     */
    public static FileSystemException refusal(Path file, IOException failure) {
        FileSystemException refusal =
                new FileSystemException(file.toString(), null, reason(failure));
        refusal.initCause(failure);
        return refusal;
    }

    /** The system's words for a full disk reach Java without the name of the file. */
    private static String reason(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("No space left on device")) {
            return "it cannot be written, because the disk is full; make room on it";
        }
        if (words.contains("Disk quota exceeded")) {
            return "it cannot be written, because the disk quota is used up";
        }
        String reason =
                failure instanceof FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : failure instanceof AccessDeniedException ? "permission is denied" : words;
        return "it cannot be written (" + reason + ")";
    }

    /** Makes a file. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes it whole.
         *
         * @param file where; a file that is there is left from a process that ended, and replaced
         * @throws IOException where it cannot be made
         */
        void make(Path file) throws IOException;
    }

    /** Writes the bytes of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of them.
         *
         * @param out the file, which stays open
         * @throws IOException where it cannot be written to
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
