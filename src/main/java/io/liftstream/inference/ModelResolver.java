package io.liftstream.inference;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.inference.store.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a command calls a model into an ONNX file on this machine: finds, downloads, verifies
 * and converts as needed.
 */
public final class ModelResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ModelResolver.class);

    private final ModelCatalogue catalogue;
    private final ModelStore store;

    /**
     * @param catalogue models by name
     * @param store where downloads and conversions are kept
     */
    public ModelResolver(ModelCatalogue catalogue, ModelStore store) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Finds a model.
     *
     * @param modelBackend a catalogue name, an HTTPS address, a path to an {@code .onnx} model or
     *     to a {@code .pth}/{@code .pt} checkpoint
     * @throws LiftingException INVALID_COMMAND when there is no such model, or it is damaged
     */
    public ResolvedModel resolve(String modelBackend) {
        return catalogue
                .find(modelBackend)
                .map(this::resolve)
                .orElseGet(() -> resolve(unlisted(modelBackend)));
    }

    // A path or address that no catalogue describes has to describe itself.
    private CatalogueEntry unlisted(String modelBackend) {
        return new CatalogueEntry(
                modelBackend, modelBackend, null, DeclaredFacts.NOTHING, true, null);
    }

    private ResolvedModel resolve(CatalogueEntry entry) {
        if (!entry.commercialUse()) {
            LOG.warn(
                    "The licence of model {} ({}) forbids commercial use",
                    entry.name(),
                    entry.facts().licence());
        }
        return new ResolvedModel(locate(entry), entry.facts());
    }

    private Path locate(CatalogueEntry entry) {
        String source = entry.source();
        if (source.startsWith("resource:")) {
            return fromResource(entry, source.substring("resource:".length()));
        }
        if (source.contains("://")) {
            return store.fetch(address(source), entry.sha256());
        }
        return localFile(entry);
    }

    private static URI address(String source) {
        if (!source.toLowerCase(Locale.ROOT).startsWith("https://")) {
            throw refused(source, "an address must begin with https://", null);
        }
        try {
            return URI.create(source);
        } catch (IllegalArgumentException e) {
            throw refused(source, "is not a valid address", e);
        }
    }

    private Path fromResource(CatalogueEntry entry, String resource) {
        try (InputStream in = ModelResolver.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw refused(entry.name(), "its resource " + resource + " is missing", null);
            }
            return store.keep(in, Path.of(resource).getFileName().toString(), entry.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack model " + entry.name(), e);
        }
    }

    private Path localFile(CatalogueEntry entry) {
        Path file;
        try {
            file = Path.of(entry.source());
        } catch (InvalidPathException e) {
            throw refused(entry.source(), "is not a path", e);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refused(
                    entry.source(),
                    "must be a catalogue name, an https:// address or a readable .onnx, .pth or .pt"
                            + " file; known names: "
                            + catalogue.entries().stream().map(CatalogueEntry::name).toList(),
                    null);
        }
        if (entry.sha256() != null && !entry.sha256().equals(FileHash.sha256(file))) {
            throw refused(entry.source(), "must hash to " + entry.sha256(), null);
        }
        return file;
    }

    private static LiftingException refused(String value, String remedy, Exception cause) {
        return new LiftingException(
                RejectionReason.INVALID_COMMAND, "model_backend", value, remedy, cause);
    }
}
