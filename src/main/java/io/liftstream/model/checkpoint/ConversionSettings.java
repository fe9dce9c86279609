package io.liftstream.model.checkpoint;

import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.OutputMeaning;
import java.util.Locale;
import java.util.Objects;

/**
 * What a checkpoint does not say about itself. Equal options and equal checkpoints give equal ONNX
 * files.
 *
 * @param output relative or metric head; both have the same tensors, so it cannot be read off
 * @param maxDepth metres at which a metric head saturates (20 indoor, 80 outdoor); 0 for relative
 * @param inputSize {@link InputSizeRule.AspectPreserving} makes a graph for all sizes, {@link
 *     InputSizeRule.Fixed} one for a single size
 * @param precision how the weights are stored
 * @param attention how attention is written down
 */
public record ConversionSettings(
        OutputMeaning output,
        double maxDepth,
        InputSizeRule inputSize,
        WeightPrecision precision,
        AttentionForm attention) {

    /**
     * Checks that a maximum depth is given exactly where it is needed.
     *
     * @param output what the head's numbers say
     * @param maxDepth metres at which a metric head saturates; none for a relative one
     * @param inputSize how the input's size follows from the image's
     * @param precision of the weights in the file
     * @param attention how attention is written down
     */
    public ConversionSettings {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(inputSize, "inputSize");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(attention, "attention");
        boolean metric = output == OutputMeaning.METRIC;
        if (metric != (maxDepth > 0) || !Double.isFinite(maxDepth)) {
            throw new IllegalArgumentException(
                    "max_depth is "
                            + maxDepth
                            + ": metric models need one in metres, relative none");
        }
    }

    /** {@return a relative model for images of any aspect ratio, weights in float32} */
    public static ConversionSettings relative() {
        return new ConversionSettings(
                OutputMeaning.INVERSE_RELATIVE,
                0,
                new InputSizeRule.AspectPreserving(518, 14),
                WeightPrecision.FLOAT32,
                AttentionForm.FUSED);
    }

    /**
     * {@return these options for a metric head that saturates at this many metres}
     *
     * @param metres largest depth, above 0
     */
    public ConversionSettings metric(double metres) {
        return new ConversionSettings(
                OutputMeaning.METRIC, metres, inputSize, precision, attention);
    }

    /**
     * {@return these options for another input size and precision}
     *
     * @param size how the input's size follows from the image's
     * @param weights precision of the weights in the file
     */
    public ConversionSettings with(InputSizeRule size, WeightPrecision weights) {
        return new ConversionSettings(output, maxDepth, size, weights, attention);
    }

    /**
     * {@return these options with attention written down in another way}
     *
     * @param form how attention is written down
     */
    public ConversionSettings with(AttentionForm form) {
        return new ConversionSettings(output, maxDepth, inputSize, precision, form);
    }

    /** {@return a file name that tells conversions of one checkpoint apart} */
    public String fileName() {
        String head = output.text() + (maxDepth > 0 ? "-" + maxDepth : "");
        String size = FactsText.inputSize(inputSize).replace(':', '-');
        String form = precision + "-" + attention + "-v" + CheckpointConverter.VERSION;
        return (head + "-" + size + "-" + form).toLowerCase(Locale.ROOT) + ".onnx";
    }
}
