package io.liftstream.model.catalogue;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.model.checkpoint.CheckpointConverter;
import io.liftstream.model.checkpoint.CheckpointKind;
import io.liftstream.model.checkpoint.StatedConversion;
import io.liftstream.model.checkpoint.StatedKind;
import io.liftstream.model.facts.FileHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a checkpoint computes, which none of its tensors shows: what is stated about it goes
 * first, then what is known of the published file of its hash, then of the published file of its
 * name. What is still unknown is not guessed.
 */
public final class CheckpointKinds {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKinds.class);

    private final ModelCatalogue catalogue;

    /**
     * @param catalogue whose hashes are known, beside those of the bundled one
     */
    public CheckpointKinds(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Decides. What the file itself shows to be wrong is said before what is not stated about it:
     * to state it would not mend the file.
     *
     * @param file the checkpoint on this machine
     * @param source path or address of the checkpoint, as the user knows it
     * @param stated what is stated about it
     * @return what it computes
     * @throws ModelException where that is not known, with the options and the catalogue entry that
     *     would say it; or where it contradicts what is known of the very content
     * @throws IOException where the file cannot be read
     */
    public CheckpointSource decide(Path file, String source, StatedConversion stated)
            throws IOException {
        Optional<CheckpointSource> known = find(source, FileHash.sha256(file), stated.kind());
        if (known.isEmpty()) {
            CheckpointConverter.requireNetwork(file, stated.tensors());
        }
        return known.orElseThrow(() -> unknown(source, stated.kind()));
    }

    /**
     * Decides for a conversion that somebody asks for and whose outcome is a file: what is still
     * unknown is assumed, for them to be warned of.
     *
     * @param file the checkpoint on this machine
     * @param source path or address of the checkpoint, as the user knows it
     * @param stated what is stated about it
     * @return what it computes; where that is not known, what is stated and else Depth Anything V2
     *     with a relative head
     * @throws ModelException where it is no network, or what is stated contradicts what is known of
     *     the very content
     * @throws IOException where the file cannot be read
     */
    public CheckpointSource decideOrAssume(Path file, String source, StatedConversion stated)
            throws IOException {
        String sha256 = FileHash.sha256(file);
        Optional<CheckpointSource> known = find(source, sha256, stated.kind());
        if (known.isPresent()) {
            return known.get();
        }
        CheckpointConverter.requireNetwork(file, stated.tensors());
        return stated.kind()
                .orElse(CheckpointKind.V2_RELATIVE)
                .complete()
                .map(kind -> new CheckpointSource(sha256, kind, CheckpointSource.ASSUMED))
                .orElseThrow(() -> unknown(source, stated.kind()));
    }

    /** What a checkpoint computes, if enough is known; parameters as above. */
    Optional<CheckpointSource> find(String source, String sha256, StatedKind stated) {
        Optional<CheckpointKind> byContent =
                publishedContent(sha256).flatMap(entry -> entry.conversion().kind().complete());
        if (byContent.isPresent()) {
            CheckpointKind known = byContent.get();
            requireAgreement(source, stated, known);
            return Optional.of(new CheckpointSource(sha256, known, "known by its sha256"));
        }
        Optional<CheckpointKind> complete = stated.complete();
        Optional<CheckpointKind> byName = PublishedNames.find(source);
        if (complete.isEmpty() && PublishedNames.isDepthAnything3(source)) {
            throw new ModelException(
                    "model",
                    PublishedNames.fileName(source),
                    "checkpoints of Depth Anything 3 are not read: give its ONNX file");
        }
        if (complete.isPresent()) {
            byName.filter(known -> !known.equals(complete.get()))
                    .ifPresent(
                            known ->
                                    LOG.warn(
                                            "{} has the name of a published checkpoint ({}) but is"
                                                    + " used as {}, as stated",
                                            PublishedNames.fileName(source),
                                            known,
                                            complete.get()));
            return Optional.of(new CheckpointSource(sha256, complete.get(), "stated"));
        }
        return byName.flatMap(known -> stated.orElse(known).complete())
                .map(kind -> byName(source, sha256, kind));
    }

    // A name can be given to any file; a hash cannot.
    private static CheckpointSource byName(String source, String sha256, CheckpointKind kind) {
        String name = PublishedNames.fileName(source);
        LOG.warn("{} is read as {}, as the published checkpoint of its name", name, kind);
        return new CheckpointSource(sha256, kind, "known by its published name");
    }

    /**
     * {@return the catalogue entry with this very content, if there is one}
     *
     * @param sha256 of a checkpoint
     */
    public Optional<CatalogueEntry> publishedContent(String sha256) {
        return ModelCatalogue.bundled().findContent(sha256).or(() -> catalogue.findContent(sha256));
    }

    private static void requireAgreement(String source, StatedKind stated, CheckpointKind known) {
        CheckpointKind asStated = stated.orElse(known).complete().orElse(null);
        if (!known.equals(asStated)) {
            throw new ModelException(
                    "what is stated of " + PublishedNames.fileName(source),
                    asStated == null ? stated.output().text() : asStated,
                    "its sha256 is that of a checkpoint that computes " + known);
        }
    }

    private static LiftingException unknown(String source, StatedKind stated) {
        return ModelException.ofContent(
                PublishedNames.fileName(source),
                "the file does not say what it computes ("
                        + String.join(", ", stated.missing())
                        + "), and neither its sha256 nor its name is that of a published checkpoint;"
                        + " describe it in a catalogue, as conf/models.yaml shows, or convert it with"
                        + " liftstream model convert (--family and --relative or --metric METRES)",
                null);
    }
}
