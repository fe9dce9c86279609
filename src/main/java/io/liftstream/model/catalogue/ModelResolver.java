package io.liftstream.model.catalogue;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.model.checkpoint.CheckpointConverter;
import io.liftstream.model.checkpoint.ConversionSettings;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FileHash;
import io.liftstream.model.facts.OutputMeaning;
import io.liftstream.model.store.ModelStore;
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
     * @return its file on this machine and what is declared about it
     * @throws LiftingException INVALID_COMMAND when there is no such model, or it is damaged
     */
    public ResolvedModel resolve(String modelBackend) {
        return catalogue
                .find(modelBackend)
                .map(this::resolve)
                .orElseGet(() -> resolve(unlisted(modelBackend)));
    }

    // A path or address that no catalogue describes has to describe itself.
    private static CatalogueEntry unlisted(String modelBackend) {
        return new CatalogueEntry(
                modelBackend,
                modelBackend,
                null,
                DeclaredFacts.NOTHING,
                true,
                ConversionSettings.relative());
    }

    private ResolvedModel resolve(CatalogueEntry entry) {
        if (!entry.commercialUse()) {
            LOG.warn(
                    "The licence of model {} ({}) forbids commercial use",
                    entry.name(),
                    entry.facts().licence());
        }
        Path file = locate(entry);
        if (!isCheckpoint(entry.source())) {
            return new ResolvedModel(file, entry.facts());
        }
        // A converted file is called by its options; its model by what it was made from.
        DeclaredFacts named =
                new DeclaredFacts(
                        stem(entry.source()),
                        null,
                        entry.conversion().inputSize(),
                        null,
                        null,
                        null,
                        null);
        return new ResolvedModel(converted(entry, file), entry.facts().orElse(named));
    }

    private static boolean isCheckpoint(String source) {
        String name = source.toLowerCase(Locale.ROOT);
        return name.endsWith(".pth") || name.endsWith(".pt");
    }

    private static String stem(String source) {
        String name =
                source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        return name.substring(0, name.lastIndexOf('.'));
    }

    private Path converted(CatalogueEntry entry, Path checkpoint) {
        ConversionSettings options = entry.conversion();
        OutputMeaning stated = entry.facts().output();
        if (stated != null && stated != options.output()) {
            throw refused(
                    entry.name(),
                    "a metric checkpoint needs max-depth, a relative one has none",
                    null);
        }
        try {
            String sha256 = FileHash.sha256(checkpoint);
            return store.derive(
                    sha256,
                    options.fileName(),
                    target -> CheckpointConverter.convert(checkpoint, sha256, options, target));
        } catch (IOException e) {
            throw refused(
                    entry.source(), "the checkpoint could not be converted: " + e.getMessage(), e);
        }
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
