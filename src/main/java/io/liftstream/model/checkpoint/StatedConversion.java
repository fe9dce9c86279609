package io.liftstream.model.checkpoint;

import io.liftstream.image.InputSizeRule;
import java.util.Objects;

/**
 * What a catalogue states about turning a checkpoint into ONNX.
 *
 * @param kind what the network computes, as far as it is stated
 * @param tensors which network of the file, where it holds several; null where it holds one
 * @param precision of the weights and of the arithmetic
 */
public record StatedConversion(StatedKind kind, String tensors, NetworkPrecision precision) {

    /** Nothing stated. */
    public static final StatedConversion NOTHING =
            new StatedConversion(StatedKind.NOTHING, null, NetworkPrecision.FLOAT32);

    /**
     * Checks that nothing but {@code tensors} is missing.
     *
     * @param kind may state nothing
     * @param tensors or null
     * @param precision of the weights and of the arithmetic
     */
    public StatedConversion {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(precision, "precision");
    }

    /**
     * {@return the options of the conversion}
     *
     * @param complete what the network computes
     * @param size how the input's size follows from the image's
     */
    public ConversionSettings options(CheckpointKind complete, InputSizeRule size) {
        return ConversionSettings.of(complete).withTensors(tensors).with(size, precision);
    }
}
