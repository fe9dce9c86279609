package io.liftstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.files.NpyArray;
import io.liftstream.files.NpyFile;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.DepthPrediction;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.testing.SharedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Converted checkpoints against what the real PyTorch implementation computed. The smallest network
 * lies in this project; the others lie beside the checkout.
 */
class DepthAnythingGoldenTest {
    /** One network output to reproduce. */
    record GoldenCase(
            Path checkpoint,
            ConversionSettings options,
            int height,
            int width,
            Path input,
            Path expected,
            double absolute,
            double relative) {}

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("ownCases")
    void reproducesPyTorchOnTheCommittedNetwork(GoldenCase golden) throws IOException {
        assertReproduced(golden, golden.options());
    }

    @ParameterizedTest
    @MethodSource("sharedCases")
    void reproducesPyTorch(GoldenCase golden) throws IOException {
        assertReproduced(golden, golden.options());
    }

    @ParameterizedTest
    @MethodSource("sharedCases")
    void reproducesPyTorchWithAGraphOfFixedSizeAndPlainOperators(GoldenCase golden)
            throws IOException {
        InputSizeRule fixed = new InputSizeRule.Fixed(golden.height(), golden.width());
        assertReproduced(
                golden,
                golden.options().with(fixed, NetworkPrecision.FLOAT32).with(AttentionForm.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("halfPrecisionCases")
    void losesNothingOfACheckpointInFloat16(GoldenCase golden) throws IOException {
        InputSizeRule size = golden.options().inputSize();
        assertReproduced(golden, golden.options().with(size, NetworkPrecision.FLOAT16_WEIGHTS));
    }

    // float16 has 11 bits: a rounding is 2^-11 of its value, and a network makes many in a row.
    @ParameterizedTest
    @MethodSource("sharedCases")
    void computesInFloat16WithinAFewRoundings(GoldenCase golden) throws IOException {
        InputSizeRule size = golden.options().inputSize();
        ConversionSettings half = golden.options().with(size, NetworkPrecision.FLOAT16);
        double distance = relativeDistance(converted(golden, half), expected(golden));
        assertThat(distance).isBetween(1e-5, 2e-3);
    }

    private static double relativeDistance(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    @SuppressWarnings("unchecked") // The cases are made here, each a Named<GoldenCase>.
    static Stream<Arguments> halfPrecisionCases() throws IOException {
        return Stream.concat(ownCases(), sharedCases())
                .filter(
                        golden -> {
                            GoldenCase loaded = ((Named<GoldenCase>) golden.get()[0]).getPayload();
                            String file = loaded.checkpoint().getFileName().toString();
                            return file.matches("metric64.*|micro64half.*");
                        });
    }

    static Stream<Arguments> ownCases() throws IOException {
        return cases(Path.of("src/test/resources/davit"));
    }

    static Stream<Arguments> sharedCases() throws IOException {
        return cases(SharedFiles.require("golden/davit"));
    }

    private static Stream<Arguments> cases(Path root) throws IOException {
        List<Arguments> cases = new ArrayList<>();
        JsonNode models = new ObjectMapper().readTree(root.resolve("cases.json").toFile());
        for (JsonNode model : models.get("models")) {
            for (JsonNode golden : model.get("cases")) {
                model.get("files")
                        .fieldNames()
                        .forEachRemaining(file -> cases.add(golden(root, file, model, golden)));
            }
        }
        return cases.stream();
    }

    private static Arguments golden(Path root, String file, JsonNode model, JsonNode golden) {
        JsonNode config = model.get("config");
        boolean metric = config.get("depth_type").asText().equals("metric");
        GoldenCase loaded =
                new GoldenCase(
                        root.resolve(file),
                        ConversionSettings.of(
                                metric
                                        ? CheckpointKind.metric(config.get("max_depth").asDouble())
                                        : CheckpointKind.V2_RELATIVE),
                        golden.get("height").asInt(),
                        golden.get("width").asInt(),
                        root.resolve(golden.get("input").get("file").asText()),
                        root.resolve(golden.get("expected").get("file").asText()),
                        golden.get("tolerance").get("atol").asDouble(),
                        golden.get("tolerance").get("rtol").asDouble());
        return Arguments.of(Named.of(golden.get("id").asText() + " of " + file, loaded));
    }

    private void assertReproduced(GoldenCase golden, ConversionSettings options)
            throws IOException {
        float[] expected = expected(golden);
        float[] actual = converted(golden, options);
        assertThat(actual).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double allowed = golden.absolute() + golden.relative() * Math.abs(expected[i]);
            worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]) / allowed);
        }
        assertThat(worst).as("largest difference as a share of the tolerance").isLessThan(1);
    }

    private static float[] expected(GoldenCase golden) throws IOException {
        return NpyFile.read(golden.expected()).floats();
    }

    private float[] converted(GoldenCase golden, ConversionSettings options) throws IOException {
        Path onnx = folder.resolve("converted.onnx");
        CheckpointConverter.convert(golden.checkpoint(), "0".repeat(64), options, onnx);
        return run(onnx, golden);
    }

    private static float[] run(Path onnx, GoldenCase golden) throws IOException {
        float[] values = input(golden.input());
        FloatBuffer input =
                ByteBuffer.allocateDirect(values.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer()
                        .put(values)
                        .flip();
        ExecutionSettings cpu = ExecutionSettings.cpu(1);
        try (DepthNetwork network = DepthNetwork.open(onnx, DeclaredFacts.NOTHING, cpu)) {
            DepthPrediction prediction = network.run(input, 1, golden.height(), golden.width());
            return prediction.values();
        }
    }

    /** Inputs are float32, or uint8 that stands for {@code u / 64 - 2}. */
    private static float[] input(Path file) throws IOException {
        NpyArray array = NpyFile.read(file);
        if (!array.type().equals("|u1")) {
            return array.floats();
        }
        float[] values = new float[array.data().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Byte.toUnsignedInt(array.data()[i]) / 64.0f - 2.0f;
        }
        return values;
    }
}
