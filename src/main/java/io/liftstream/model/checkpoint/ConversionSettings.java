package io.liftstream.model.checkpoint;

import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.FactsText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How a checkpoint becomes ONNX. Equal options and equal checkpoints give equal ONNX files.
 *
 * @param kind what the network computes
 * @param tensors which network of the file, where it holds several: the dotted path of keys in
 *     front of {@code pretrained}; null where it holds one
 * @param inputSize {@link InputSizeRule.AspectPreserving} makes a graph for all sizes, {@link
 *     InputSizeRule.Fixed} one for a single size
 * @param precision of the weights and of the arithmetic
 * @param attention how attention is written down
 */
public record ConversionSettings(
        CheckpointKind kind,
        String tensors,
        InputSizeRule inputSize,
        NetworkPrecision precision,
        AttentionForm attention) {

    /** The input size of the published networks: any aspect ratio, the shorter side 518 pixels. */
    public static final InputSizeRule PUBLISHED_SIZE = new InputSizeRule.AspectPreserving(518, 14);

    /**
     * Checks that nothing but {@code tensors} is missing.
     *
     * @param kind what the network computes
     * @param tensors which network of the file, or null
     * @param inputSize how the input's size follows from the image's
     * @param precision of the weights and of the arithmetic
     * @param attention how attention is written down
     */
    public ConversionSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(inputSize, "inputSize");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(attention, "attention");
    }

    /**
     * {@return a network for images of any aspect ratio, in float32}
     *
     * @param kind what it computes
     */
    public static ConversionSettings of(CheckpointKind kind) {
        return new ConversionSettings(
                kind, null, PUBLISHED_SIZE, NetworkPrecision.FLOAT32, AttentionForm.FUSED);
    }

    /**
     * {@return these options for another input size and precision}
     *
     * @param size how the input's size follows from the image's
     * @param numbers precision of the weights and of the arithmetic
     */
    public ConversionSettings with(InputSizeRule size, NetworkPrecision numbers) {
        return new ConversionSettings(kind, tensors, size, numbers, attention);
    }

    /**
     * {@return these options with attention written down in another way}
     *
     * @param form how attention is written down
     */
    public ConversionSettings with(AttentionForm form) {
        return new ConversionSettings(kind, tensors, inputSize, precision, form);
    }

    /**
     * {@return these options for one of several networks in the file}
     *
     * @param path dotted path of keys in front of {@code pretrained}, or null
     */
    public ConversionSettings withTensors(String path) {
        return new ConversionSettings(kind, path, inputSize, precision, attention);
    }

    /** {@return a file name that tells conversions of one checkpoint apart} */
    public String fileName() {
        String network =
                tensors == null ? "" : "-" + URLEncoder.encode(tensors, StandardCharsets.UTF_8);
        String blocks = kind.taps().stream().map(tap -> "-" + tap).collect(Collectors.joining());
        String head = kind.output().text() + (kind.maxDepth() > 0 ? "-" + kind.maxDepth() : "");
        String size = FactsText.inputSize(inputSize).replace(':', '-');
        String form = precision + "-" + attention + "-v" + CheckpointConverter.VERSION;
        String what = kind.family().text() + blocks + "-" + head + "-" + size + "-" + form;
        // The case of a key tells networks apart.
        return what.toLowerCase(Locale.ROOT) + network + ".onnx";
    }
}
