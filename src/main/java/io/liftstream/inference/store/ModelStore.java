package io.liftstream.inference.store;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.inference.FileHash;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models on disk, by content: {@code <folder>/<sha256>/<file name>}. Files are never changed once
 * they are in place, and only verified ones get there. Safe for several processes and threads.
 */
public final class ModelStore {
    private final Path folder;

    /**
     * @param folder where models are kept; made when needed
     */
    public ModelStore(Path folder) {
        this.folder = folder;
    }

    /** The store in {@code LIFTSTREAM_MODEL_CACHE}, or {@code ~/.cache/liftstream/models}. */
    public static ModelStore openDefault() {
        String configured = System.getenv("LIFTSTREAM_MODEL_CACHE");
        return new ModelStore(
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache", "liftstream", "models")
                        : Path.of(configured));
    }

    /** Where this store keeps its files. */
    public Path folder() {
        return folder;
    }

    /**
     * The model of an address: from the cache, or downloaded once.
     *
     * @param address an HTTPS address
     * @param sha256 what the content must hash to, or null to trust the first download
     */
    public Path fetch(URI address, String sha256) {
        throw new UnsupportedOperationException(address + " " + sha256);
    }

    /**
     * Keeps a stream's content, if it is not there yet.
     *
     * @param content read to its end unless it is known already; not closed
     * @param fileName what the kept file is called
     * @param sha256 what the content must hash to, or null
     * @return the kept file, verified
     * @throws LiftingException INVALID_COMMAND when the content hashes to something else
     */
    public Path keep(InputStream content, String fileName, String sha256) throws IOException {
        Optional<Path> known = sha256 == null ? Optional.empty() : find(sha256);
        if (known.isPresent()) {
            return known.get();
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "keep-", ".part");
        try {
            Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
            String found = FileHash.sha256(temporary);
            if (sha256 != null && !sha256.equals(found)) {
                throw new LiftingException(
                        RejectionReason.INVALID_COMMAND,
                        "sha256 of model file " + fileName,
                        found,
                        "must be " + sha256);
            }
            return settle(temporary, found, fileName);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * The file with this content, read again and verified. A file that no longer hashes to its
     * folder's name is deleted, so that the next fetch brings it back.
     */
    public Optional<Path> find(String sha256) throws IOException {
        for (Path file : files(folder.resolve(sha256))) {
            if (FileHash.sha256(file).equals(sha256)) {
                return Optional.of(file);
            }
            Files.deleteIfExists(file);
        }
        return Optional.empty();
    }

    private static List<Path> files(Path contentFolder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(contentFolder)) {
            try (Stream<Path> entries = Files.list(contentFolder)) {
                entries.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        return files;
    }

    // A rename inside one file system is atomic: readers see the whole file or none.
    private Path settle(Path temporary, String sha256, String fileName) throws IOException {
        Path target = Files.createDirectories(folder.resolve(sha256)).resolve(fileName);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // Another process was first with the same content.
            Files.delete(temporary);
        }
        return target;
    }
}
