package io.liftstream.inference.checkpoint;

import io.liftstream.image.InputSizeRule;
import io.liftstream.inference.OutputMeaning;
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
 */
public record ConversionOptions(
        OutputMeaning output, double maxDepth, InputSizeRule inputSize, WeightPrecision precision) {

    /** Checks that a maximum depth is given exactly where it is needed. */
    public ConversionOptions {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(inputSize, "inputSize");
        Objects.requireNonNull(precision, "precision");
        boolean metric = output == OutputMeaning.METRIC;
        if (metric != (maxDepth > 0) || !Double.isFinite(maxDepth)) {
            throw new IllegalArgumentException(
                    "max_depth is "
                            + maxDepth
                            + ": metric models need one in metres, relative none");
        }
    }

    /** A relative model for images of any aspect ratio, weights in float32. */
    public static ConversionOptions relative() {
        return new ConversionOptions(
                OutputMeaning.INVERSE_RELATIVE,
                0,
                new InputSizeRule.AspectPreserving(518, 14),
                WeightPrecision.FLOAT32);
    }
}
