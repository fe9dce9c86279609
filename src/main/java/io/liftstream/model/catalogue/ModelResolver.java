package io.liftstream.model.catalogue;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.model.checkpoint.CheckpointConverter;
import io.liftstream.model.checkpoint.ConversionSettings;
import io.liftstream.model.checkpoint.StatedConversion;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FileHash;
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
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a command calls a model into an ONNX file on this machine: finds, downloads, verifies
 * and converts as needed.
 */
public final class ModelResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ModelResolver.class);

    private static final Pattern CHECKPOINT_NAME =
            Pattern.compile(".*\\.(pth|pt|ckpt|safetensors)");

    private final ModelCatalogue catalogue;
    private final ModelStore store;
    private final CheckpointKinds kinds;

    /**
     * @param catalogue models by name
     * @param store where downloads and conversions are kept
     */
    public ModelResolver(ModelCatalogue catalogue, ModelStore store) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.store = Objects.requireNonNull(store, "store");
        this.kinds = new CheckpointKinds(catalogue);
    }

    /**
     * Finds a model.
     *
     * @param modelBackend a catalogue name, an HTTPS address, a path to an {@code .onnx} model or
     *     to a checkpoint (PyTorch or safetensors, of any name that does not end in {@code .onnx})
     * @return its file on this machine and what is declared about it
     * @throws ModelException when there is no such model, or it is damaged
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
                StatedConversion.NOTHING);
    }

    private ResolvedModel resolve(CatalogueEntry entry) {
        if (!entry.commercialUse()) {
            LOG.warn(
                    "The licence of model {} ({}) forbids commercial use",
                    entry.name(),
                    entry.facts().licence());
        }
        Path file = locate(entry);
        return isCheckpoint(entry.source(), file)
                ? converted(entry, file)
                : new ResolvedModel(file, entry.facts(), null);
    }

    // By content: checkpoints have many endings. A message may name an .onnx file, and no message
    // can have anything converted.
    private static boolean isCheckpoint(String source, Path file) {
        String name = PublishedNames.fileName(source).toLowerCase(Locale.ROOT);
        boolean checkpoint = isCheckpoint(file);
        if (checkpoint && name.endsWith(".onnx")) {
            throw refused(
                    name,
                    "this is a checkpoint, not an ONNX file; name it .pth or .safetensors",
                    null);
        }
        // What is called a checkpoint and is none is told by the reader of checkpoints.
        return checkpoint || CHECKPOINT_NAME.matcher(name).matches();
    }

    private static boolean isCheckpoint(Path file) {
        try {
            return CheckpointConverter.isCheckpoint(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName(), e);
        }
    }

    private ResolvedModel converted(CatalogueEntry entry, Path file) {
        try {
            CheckpointSource checkpoint = kinds.decide(file, entry.source(), entry.conversion());
            LOG.info(
                    "{} is read as {} ({})",
                    PublishedNames.fileName(entry.source()),
                    checkpoint.kind(),
                    checkpoint.statedBy());
            DeclaredFacts facts = facts(entry, checkpoint.sha256());
            ConversionSettings options =
                    entry.conversion().options(checkpoint.kind(), facts.inputSize());
            return new ResolvedModel(onnx(file, checkpoint, options), facts, checkpoint);
        } catch (IOException e) {
            throw refused(
                    entry.source(), "the checkpoint could not be converted: " + e.getMessage(), e);
        }
    }

    // A converted file is called by its options; its model by what it was made from.
    private DeclaredFacts facts(CatalogueEntry entry, String sha256) {
        DeclaredFacts published =
                kinds.publishedContent(sha256)
                        .map(CatalogueEntry::facts)
                        .orElse(DeclaredFacts.NOTHING);
        DeclaredFacts named =
                new DeclaredFacts(
                        PublishedNames.stem(entry.source()),
                        published.licence(),
                        published.inputSize() == null
                                ? ConversionSettings.PUBLISHED_SIZE
                                : published.inputSize(),
                        null,
                        null,
                        null,
                        null,
                        null);
        return entry.facts().orElse(named);
    }

    private Path onnx(Path file, CheckpointSource checkpoint, ConversionSettings options)
            throws IOException {
        String sha256 = checkpoint.sha256();
        return store.derive(
                sha256,
                options.fileName(),
                target -> CheckpointConverter.convert(file, sha256, options, target));
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
                    entry.source(), faultOf(file) + "; " + catalogue.choices(entry.source()), null);
        }
        requireContent(entry, file);
        return file;
    }

    private static String faultOf(Path file) {
        if (Files.notExists(file)) {
            boolean named = file.getNameCount() == 1 && !file.toString().contains(".");
            return named ? "there is no model or file of this name" : "there is no such file";
        }
        return Files.isDirectory(file) ? "it is a folder" : "the file cannot be read";
    }

    private static void requireContent(CatalogueEntry entry, Path file) {
        if (entry.sha256() == null) {
            return;
        }
        String found = isCheckpoint(file) ? FileHash.sha256(file) : FileHash.ofModel(file);
        if (!entry.sha256().equals(found)) {
            throw refused(
                    entry.source(),
                    "its sha256 is " + found + " but must be " + entry.sha256(),
                    null);
        }
    }

    private static LiftingException refused(String value, String remedy, Exception cause) {
        return new ModelException("model_backend", value, remedy, cause);
    }
}
