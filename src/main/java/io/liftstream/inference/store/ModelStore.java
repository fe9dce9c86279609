package io.liftstream.inference.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;

/** Models on disk, by content. Safe for several processes on one cache folder. */
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
     * Keeps a stream's content.
     *
     * @param content read to its end, not closed
     * @param fileName what the kept file is called
     * @param sha256 what the content must hash to, or null
     */
    public Path keep(InputStream content, String fileName, String sha256) throws IOException {
        throw new IOException(content + fileName + sha256);
    }
}
