package io.liftstream.model.checkpoint;

import io.liftstream.model.facts.OutputMeaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody states about a checkpoint: a catalogue entry, or the options of a command. A null
 * component was not stated.
 *
 * @param family decides which encoder blocks the head reads
 * @param taps those blocks, where they are not the family's
 * @param output relative or metric head
 * @param maxDepth metres at which a metric head saturates; implies a metric head of Depth Anything
 *     V2, as no other family has one
 */
public record StatedKind(
        CheckpointFamily family, List<Integer> taps, OutputMeaning output, Double maxDepth) {

    /** Nothing stated. */
    public static final StatedKind NOTHING = new StatedKind(null, null, null, null);

    /**
     * Fills in what a stated maximum depth implies, and refuses what contradicts it.
     *
     * @param family or null
     * @param taps or null
     * @param output or null
     * @param maxDepth or null
     */
    public StatedKind {
        taps = taps == null ? null : List.copyOf(taps);
        if (maxDepth != null) {
            if (output == OutputMeaning.INVERSE_RELATIVE) {
                throw Refusal.of(
                        "output",
                        output.text(),
                        "max-depth belongs to a metric head: output: metric, or no max-depth");
            }
            output = OutputMeaning.METRIC;
            family = family == null ? CheckpointFamily.DEPTH_ANYTHING_V2 : family;
        }
    }

    /**
     * {@return what is stated, and for each fact that is not the published one's}
     *
     * @param published what is known of a published checkpoint
     */
    public StatedKind orElse(CheckpointKind published) {
        boolean sameHead = output == null || output == published.output();
        Double publishedDepth = published.maxDepth() > 0 && sameHead ? published.maxDepth() : null;
        return new StatedKind(
                family != null ? family : published.family(),
                taps != null ? taps : published.taps(),
                output != null ? output : published.output(),
                maxDepth != null ? maxDepth : publishedDepth);
    }

    /** {@return the keys of the facts that are still missing} */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (family == null) {
            missing.add("family");
        }
        if (output == null) {
            missing.add("output");
        }
        if (output == OutputMeaning.METRIC && maxDepth == null) {
            missing.add("max-depth");
        }
        return missing;
    }

    /**
     * {@return the kind, where enough of it is stated}
     *
     * @throws io.liftstream.frame.ModelException where they contradict each other
     */
    public Optional<CheckpointKind> complete() {
        return missing().isEmpty()
                ? Optional.of(
                        new CheckpointKind(
                                family,
                                taps == null ? List.of() : taps,
                                output,
                                maxDepth == null ? 0 : maxDepth))
                : Optional.empty();
    }
}
