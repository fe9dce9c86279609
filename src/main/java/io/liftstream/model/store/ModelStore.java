package io.liftstream.model.store;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.model.facts.ExternalData;
import io.liftstream.model.facts.FileHash;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models on disk, by content: {@code <folder>/<sha256>/<file name>}. Files are never changed once
 * they are in place, and only verified ones get there. Safe for several processes and threads.
 */
public final class ModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);
    private static final String PARTIAL = "partial";

    private final Path folder;
    private final UrlIndex index;
    private final DownloadSettings settings;
    private final DownloadProgress.Watcher watcher;

    /**
     * @param folder where models are kept; made when needed
     * @param settings bounds of downloads
     * @param watcher sees downloads advance
     */
    public ModelStore(Path folder, DownloadSettings settings, DownloadProgress.Watcher watcher) {
        this.folder = folder;
        this.index = new UrlIndex(folder.resolve("index"));
        this.settings = settings;
        this.watcher = watcher;
    }

    /**
     * A store with the settings of this process and nobody watching.
     *
     * @param folder where the files are kept; made when the first is
     */
    public ModelStore(Path folder) {
        this(folder, DownloadSettings.ofEnvironment(), DownloadProgress.SILENT);
    }

    /** {@return the store in {@link #defaultFolder()}} */
    public static ModelStore openDefault() {
        return openDefault(DownloadProgress.SILENT);
    }

    /**
     * {@return the store in {@link #defaultFolder()}}
     *
     * @param watcher sees downloads advance
     */
    public static ModelStore openDefault(DownloadProgress.Watcher watcher) {
        return new ModelStore(defaultFolder(), DownloadSettings.ofEnvironment(), watcher);
    }

    /** {@return {@code LIFTSTREAM_MODEL_CACHE}, or {@code ~/.cache/liftstream/models}} */
    public static Path defaultFolder() {
        String configured = System.getenv("LIFTSTREAM_MODEL_CACHE");
        return configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "liftstream", "models")
                : Path.of(configured);
    }

    /** {@return the folder where this store keeps its files} */
    public Path folder() {
        return folder;
    }

    /** Writes a file that follows from another. */
    public interface Derivation {
        /**
         * Writes to a file that exists, is empty, and belongs to nobody else.
         *
         * @param target the file
         * @throws IOException where it cannot be written
         */
        void write(Path target) throws IOException;
    }

    /**
     * The model of an address: from the cache, or downloaded once, whoever else asks for it at the
     * same time. Without a hash the first download is trusted, logged, and pinned from then on.
     *
     * @param address an HTTPS address
     * @param sha256 what the model must hash to ({@link FileHash#ofModel}), or null
     * @return the file, verified just now; files that hold its weights lie beside it
     * @throws ModelException when it cannot be had or hashes to something else
     */
    public Path fetch(URI address, String sha256) {
        try (StoreLock lock = lock(UrlIndex.key(address))) {
            String wanted = sha256 != null ? sha256 : index.find(address).orElse(null);
            Optional<Path> known = wanted == null ? Optional.empty() : find(wanted);
            if (known.isPresent()) {
                return known.get();
            }
            return download(address, wanted);
        } catch (IOException e) {
            String failure = address + " (" + reason(e) + "); " + elsewhere(address);
            throw ModelException.ofContent(
                    fileName(address), "it cannot be downloaded from " + failure, e);
        }
    }

    private static String elsewhere(URI address) {
        return "download it on another machine, and give the file, "
                + fileName(address)
                + ", as the model";
    }

    private Path download(URI address, String wanted) throws IOException {
        if (settings.offline()) {
            throw refused(
                    address,
                    "is not in the cache, and LIFTSTREAM_OFFLINE is set; " + elsewhere(address),
                    null);
        }
        PartialFile partial = arrived(address);
        Path assembled = Files.createTempDirectory(folder.resolve(PARTIAL), "model-");
        try {
            Path model = assembled.resolve(fileName(address));
            Files.move(partial.file(), model);
            partial.delete();
            List<String> data = ExternalData.locations(model);
            for (String location : data) {
                fetchBeside(address, location, assembled);
            }
            String found = FileHash.ofModel(model);
            if (wanted != null && !wanted.equals(found)) {
                throw refused(address, "its sha256 is " + found + " but must be " + wanted, null);
            }
            pin(address, wanted, found);
            return settle(model, data, found);
        } finally {
            deleteFolder(assembled);
        }
    }

    // The model last, as it is by the model that others see what is here.
    private Path settle(Path model, List<String> data, String sha256) throws IOException {
        for (String location : data) {
            settle(model.resolveSibling(location), sha256, location);
        }
        return settle(model, sha256, model.getFileName().toString());
    }

    // Weights that the model keeps in files beside it.
    private void fetchBeside(URI address, String location, Path home) throws IOException {
        URI data = beside(address, location);
        PartialFile partial = arrived(data);
        Path target = home.resolve(location);
        Files.createDirectories(target.getParent());
        Files.move(partial.file(), target);
        partial.delete();
    }

    private static URI beside(URI address, String location) {
        try {
            return address.resolve(new URI(null, null, "./" + location, null));
        } catch (URISyntaxException e) {
            throw refused(address, "keeps weights in " + location + ", which is not an address", e);
        }
    }

    private static void deleteFolder(Path assembled) throws IOException {
        try (Stream<Path> files = Files.walk(assembled)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path partFile(URI address) {
        return folder.resolve(PARTIAL).resolve(UrlIndex.key(address));
    }

    private PartialFile arrived(URI address) throws IOException {
        PartialFile partial = PartialFile.resume(partFile(address));
        try {
            new HttpsDownload(settings, watcher).fetch(address, partial);
            return partial;
        } catch (IOException e) {
            // What arrived before a cut is worth keeping for the next try, anything else is not.
            if (e instanceof HttpsDownload.RefusedException || partial.length() == 0) {
                partial.delete();
            }
            throw e;
        }
    }

    private void pin(URI address, String wanted, String found) throws IOException {
        if (wanted == null) {
            LOG.warn(
                    "Model {} was trusted on first use and is pinned to sha256 {} from now on;"
                            + " state it in models.yaml to be sure",
                    address,
                    found);
        }
        index.put(address, found);
    }

    /** The message of an unknown host is the bare name of it, and some failures have none. */
    private static String reason(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "the host name " + failure.getMessage() + " cannot be found";
        }
        return failure.getMessage() == null ? "the connection broke" : failure.getMessage();
    }

    private static String fileName(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() || name.startsWith(".") ? "model" + name : name;
    }

    /**
     * Keeps a stream's content, if it is not there yet.
     *
     * @param content read to its end unless it is known already; not closed
     * @param fileName what the kept file is called
     * @param sha256 what the content must hash to, or null
     * @return the kept file, verified just now
     * @throws ModelException when the content hashes to something else
     * @throws IOException where the stream cannot be read or the file not written
     */
    public Path keep(InputStream content, String fileName, String sha256) throws IOException {
        Optional<Path> known = sha256 == null ? Optional.empty() : find(sha256);
        if (known.isPresent()) {
            return known.get();
        }
        Path temporary = temporary();
        try {
            Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
            String found = FileHash.sha256(temporary);
            if (sha256 != null && !sha256.equals(found)) {
                throw refused(fileName, "its sha256 is " + found + " but must be " + sha256, null);
            }
            return settle(temporary, found, fileName);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * A file that follows from a kept or local one, made once for all processes.
     *
     * @param sourceSha256 what it follows from
     * @param fileName tells it from others of the same source
     * @param derivation makes it where it is absent or damaged
     * @return the file, verified just now
     * @throws IOException where a file cannot be read or written
     */
    public Path derive(String sourceSha256, String fileName, Derivation derivation)
            throws IOException {
        Path home = folder.resolve(sourceSha256).resolve("derived");
        Path target = home.resolve(fileName);
        Path hash = home.resolve(fileName + ".sha256");
        try (StoreLock lock = lock(sourceSha256)) {
            boolean usable =
                    Files.exists(target)
                            && Files.exists(hash)
                            && Files.readString(hash).equals(FileHash.sha256(target));
            if (!usable) {
                Files.createDirectories(home);
                Path temporary = temporary();
                try {
                    derivation.write(temporary);
                    Files.writeString(hash, FileHash.sha256(temporary));
                    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(temporary);
                }
            }
            return target;
        }
    }

    /**
     * {@return the file with this content, read again and verified} A file that no longer hashes to
     * its folder's name is deleted, so that the next fetch brings it back.
     *
     * @param sha256 lower-case hexadecimal
     * @throws IOException where the file cannot be read
     */
    public Optional<Path> find(String sha256) throws IOException {
        List<Path> files = files(folder.resolve(sha256));
        for (Path file : files) {
            if (isSound(file, sha256)) {
                return Optional.of(file);
            }
        }
        for (Path file : files) {
            LOG.warn("{} is damaged and is fetched again", file);
            Files.deleteIfExists(file);
        }
        return Optional.empty();
    }

    /**
     * {@return whether a kept model is what its hash says, with the files that hold its weights}
     *
     * @param file one of {@link #contents()}
     * @param sha256 lower-case hexadecimal
     */
    public static boolean isSound(Path file, String sha256) {
        try {
            return FileHash.ofModel(file).equals(sha256);
        } catch (LiftingException e) {
            // Weights are missing beside it.
            return false;
        }
    }

    /**
     * {@return addresses that were fetched, with the hashes that they are pinned to}
     *
     * @throws IOException where the folder cannot be read
     */
    public Map<String, String> pins() throws IOException {
        return index.all();
    }

    /**
     * {@return every kept model with the hash that it must have; not verified}
     *
     * @throws IOException where the folder cannot be read
     */
    public Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> homes = Files.list(folder)) {
                for (Path home : homes.filter(ModelStore::isContentFolder).toList()) {
                    for (Path file : models(home)) {
                        contents.put(file, home.getFileName().toString());
                    }
                }
            }
        }
        return contents;
    }

    // Not the weights that another file of the folder names.
    private static List<Path> models(Path home) throws IOException {
        List<Path> files = files(home);
        List<String> data =
                files.stream().flatMap(file -> ExternalData.locations(file).stream()).toList();
        return files.stream()
                .filter(file -> !data.contains(file.getFileName().toString()))
                .toList();
    }

    private static boolean isContentFolder(Path path) {
        return path.getFileName().toString().matches("[0-9a-f]{64}");
    }

    private static List<Path> files(Path contentFolder) throws IOException {
        if (!Files.isDirectory(contentFolder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(contentFolder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private StoreLock lock(String name) throws IOException {
        return StoreLock.acquire(folder.resolve("locks").resolve(name));
    }

    private Path temporary() throws IOException {
        return Files.createTempFile(
                Files.createDirectories(folder.resolve(PARTIAL)), "keep-", ".part");
    }

    // A rename inside one file system is atomic: readers see the whole file or none.
    private Path settle(Path temporary, String sha256, String fileName) throws IOException {
        Path target = folder.resolve(sha256).resolve(fileName);
        Files.createDirectories(target.getParent());
        return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static LiftingException refused(Object model, String remedy, Exception cause) {
        return new ModelException("model_backend", model, remedy, cause);
    }
}
