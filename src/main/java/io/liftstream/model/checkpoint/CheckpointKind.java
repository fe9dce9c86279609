package io.liftstream.model.checkpoint;

import io.liftstream.model.facts.OutputMeaning;
import java.util.List;
import java.util.Objects;

/**
 * What a checkpoint computes and none of its tensors shows.
 *
 * @param family decides which encoder blocks the head reads
 * @param taps those blocks, counted from 0, where they are not the family's; otherwise empty
 * @param output relative or metric head; both have the same tensors
 * @param maxDepth metres at which a metric head saturates (20 indoor, 80 outdoor); 0 for relative
 */
public record CheckpointKind(
        CheckpointFamily family, List<Integer> taps, OutputMeaning output, double maxDepth) {

    /** Depth Anything V2 with a relative head. */
    public static final CheckpointKind V2_RELATIVE = relative(CheckpointFamily.DEPTH_ANYTHING_V2);

    /**
     * Checks that a maximum depth is given exactly where it is needed.
     *
     * @param family decides which encoder blocks the head reads
     * @param taps empty, or four ascending numbers of blocks
     * @param output what the head's numbers say
     * @param maxDepth metres at which a metric head saturates; 0 for a relative one
     */
    public CheckpointKind {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(output, "output");
        taps = List.copyOf(taps);
        requireAscending(taps);
        boolean metric = output == OutputMeaning.METRIC;
        if (metric != (maxDepth > 0) || !Double.isFinite(maxDepth)) {
            throw Refusal.of(
                    "max-depth",
                    maxDepth,
                    "a metric head needs one in metres, a relative one none");
        }
    }

    private static void requireAscending(List<Integer> taps) {
        boolean ascending = taps.isEmpty() || taps.size() == CheckpointFamily.LEVELS;
        for (int i = 0; ascending && i < taps.size(); i++) {
            ascending = taps.get(i) > (i == 0 ? -1 : taps.get(i - 1));
        }
        if (!ascending) {
            throw Refusal.of("taps", taps, "must be four ascending numbers of blocks, from 0");
        }
    }

    /**
     * {@return a relative network of a family}
     *
     * @param family decides which encoder blocks the head reads
     */
    public static CheckpointKind relative(CheckpointFamily family) {
        return new CheckpointKind(family, List.of(), OutputMeaning.INVERSE_RELATIVE, 0);
    }

    /**
     * {@return Depth Anything V2 with a metric head}
     *
     * @param metres where it saturates, above 0
     */
    public static CheckpointKind metric(double metres) {
        return new CheckpointKind(
                CheckpointFamily.DEPTH_ANYTHING_V2, List.of(), OutputMeaning.METRIC, metres);
    }

    /** The blocks that feed the head of an encoder of so many. */
    List<Integer> tapsOf(int layers) {
        if (taps.isEmpty()) {
            return family.taps(layers);
        }
        if (taps.get(taps.size() - 1) >= layers) {
            throw Refusal.of("taps", taps, "the encoder has blocks 0 to " + (layers - 1));
        }
        return taps;
    }

    /** {@return the kind in words, for people} */
    @Override
    public String toString() {
        String head =
                output == OutputMeaning.METRIC ? "metric up to " + maxDepth + " m" : output.text();
        return family.text() + (taps.isEmpty() ? "" : ", taps " + taps) + ", " + head;
    }
}
