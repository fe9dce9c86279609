package io.liftstream.model.checkpoint;

import io.liftstream.frame.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Families of networks whose tensors have the same names and shapes, but whose heads read other
 * encoder blocks. No tensor shows the family.
 */
public enum CheckpointFamily {
    /**
     * Yang et al. 2024, "Depth Anything: Unleashing the Power of Large-Scale Unlabeled Data": the
     * head reads the last four blocks.
     */
    DEPTH_ANYTHING_V1("depth-anything-v1") {
        @Override
        public List<Integer> taps(int layers) {
            return IntStream.range(layers - LEVELS, layers).boxed().toList();
        }
    },
    /**
     * Yang et al. 2024, "Depth Anything V2": the head reads one block of each quarter; the 24
     * blocks of ViT-L are tapped unevenly.
     */
    DEPTH_ANYTHING_V2("depth-anything-v2") {
        @Override
        public List<Integer> taps(int layers) {
            if (layers == LAYERS_OF_VIT_L) {
                return List.of(4, 11, 17, 23);
            }
            int quarter = layers / LEVELS;
            return List.of(quarter - 1, 2 * quarter - 1, 3 * quarter - 1, layers - 1);
        }
    };

    /** Feature maps that the head fuses, and so blocks that it reads. */
    static final int LEVELS = 4;

    private static final int LAYERS_OF_VIT_L = 24;

    private final String text;

    CheckpointFamily(String text) {
        this.text = text;
    }

    /** {@return the family as it is written in {@code models.yaml}} */
    public String text() {
        return text;
    }

    /**
     * {@return the blocks whose tokens feed the head, counted from 0, ascending}
     *
     * @param layers number of encoder blocks, a multiple of 4
     */
    public abstract List<Integer> taps(int layers);

    /** {@return all families as they are written, for messages} */
    public static String choices() {
        return Arrays.stream(values())
                .map(CheckpointFamily::text)
                .collect(Collectors.joining(" or "));
    }

    /**
     * Reads a family.
     *
     * @param text as written in a catalogue or on the command line
     * @return the family
     * @throws ModelException for anything else
     */
    public static CheckpointFamily of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(family -> family.text.equals(lower))
                .findFirst()
                .orElseThrow(() -> Refusal.of("family", text, "must be " + choices()));
    }
}
