package io.liftstream.model.store;

import io.liftstream.model.facts.FileHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What has arrived of a download, hashed as it arrives. Beside it lie the server's name for this
 * version of the content and the length that it first said, so that a later attempt goes on only
 * with the same version, and ends only at its end.
 */
final class PartialFile {
    private static final long UNKNOWN = -1;

    private final Path file;
    private final Path version;
    private final Path expected;
    private MessageDigest digest = FileHash.newSha256();
    private long length;
    private long total = UNKNOWN;

    private PartialFile(Path file) {
        this.file = file;
        this.version = file.resolveSibling(file.getFileName() + ".version");
        this.expected = file.resolveSibling(file.getFileName() + ".length");
    }

    /** Takes up what an earlier attempt left, or begins anew. */
    static PartialFile resume(Path file) throws IOException {
        PartialFile partial = new PartialFile(file);
        if (Files.exists(file) && partial.version().isPresent()) {
            try (InputStream in =
                    new DigestInputStream(Files.newInputStream(file), partial.digest)) {
                partial.length = in.transferTo(OutputStream.nullOutputStream());
            }
            partial.total = partial.storedTotal();
        } else {
            partial.restart(null);
        }
        return partial;
    }

    /** Forgets what there was; the next bytes are the first of a version (null if unnamed). */
    void restart(String newVersion) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[0]);
        digest = FileHash.newSha256();
        length = 0;
        total = UNKNOWN;
        Files.deleteIfExists(expected);
        if (newVersion == null) {
            Files.deleteIfExists(version);
        } else {
            Files.writeString(version, newVersion);
        }
    }

    private long storedTotal() throws IOException {
        try {
            return Files.exists(expected)
                    ? Long.parseLong(Files.readString(expected).strip())
                    : UNKNOWN;
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** Notes how long the whole content is, bytes; less than 0 where the server does not say. */
    void expect(long bytes) throws IOException {
        total = Math.max(UNKNOWN, bytes);
        if (total >= 0) {
            Files.writeString(expected, Long.toString(total));
        }
    }

    /** How long the whole content is, bytes; -1 where it is not known. */
    long total() {
        return total;
    }

    /** The server's name for the version that is here. */
    Optional<String> version() throws IOException {
        return Files.exists(version) ? Optional.of(Files.readString(version)) : Optional.empty();
    }

    /** Bytes that are here. */
    long length() {
        return length;
    }

    /** Opens the file to append to; what is written must be {@link #count counted}. */
    OutputStream append() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Counts bytes that were just appended. */
    void count(byte[] bytes, int number) {
        digest.update(bytes, 0, number);
        length += number;
    }

    /** The hash of all that is here; ends the counting. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    Path file() {
        return file;
    }

    /** Removes every trace. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(version);
        Files.deleteIfExists(expected);
    }
}
