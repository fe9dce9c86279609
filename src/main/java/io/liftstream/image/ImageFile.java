package io.liftstream.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/** Reads image files, as far as they may be images. */
public final class ImageFile {
    /** More than any image of the allowed pixels needs; keeps a wrong path from filling memory. */
    public static final long MAX_BYTES = 256L << 20;

    private static final Set<OpenOption> READ_NO_LINK =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private ImageFile() {}

    /**
     * {@return the content of a file}
     *
     * @param file any path
     * @throws IOException where it is no readable regular file, or larger than {@link #MAX_BYTES}
     */
    public static byte[] read(Path file) throws IOException {
        require(Files.isRegularFile(file), Files.exists(file) ? Files.size(file) : 0);
        return Files.readAllBytes(file);
    }

    /**
     * Reads a file that somebody else named, and that must lie below a folder at the very moment
     * when it is opened: a folder on its path that was exchanged for a link since the path was
     * checked leads nowhere.
     *
     * @param root the folder
     * @param relative path from the root to the file, without links
     * @return the content
     * @throws IOException where it is no readable regular file, larger than {@link #MAX_BYTES}, or
     *     behind a link
     */
    public static byte[] readBelow(Path root, Path relative) throws IOException {
        Path inside = relative.normalize();
        if (inside.isAbsolute() || inside.startsWith("..")) {
            throw new IOException("outside the folder");
        }
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (top instanceof SecureDirectoryStream<Path> folder) {
                return readBelow(folder, inside);
            }
        }
        throw new IOException("this file system cannot open files without following links");
    }

    private static byte[] readBelow(SecureDirectoryStream<Path> folder, Path relative)
            throws IOException {
        Path name = relative.getName(0);
        int names = relative.getNameCount();
        if (names > 1) {
            try (SecureDirectoryStream<Path> next =
                    folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return readBelow(next, relative.subpath(1, names));
            }
        }
        // To open a pipe would wait for its writer.
        require(
                folder.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                        .isRegularFile(),
                0);
        try (SeekableByteChannel file = folder.newByteChannel(name, READ_NO_LINK)) {
            require(true, file.size());
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            while (content.hasRemaining() && file.read(content) >= 0) {
                // Until all is there, or the file was cut meanwhile.
            }
            return content.array();
        }
    }

    private static void require(boolean regular, long bytes) throws IOException {
        if (!regular) {
            throw new IOException("no regular file");
        }
        if (bytes > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes");
        }
    }
}
