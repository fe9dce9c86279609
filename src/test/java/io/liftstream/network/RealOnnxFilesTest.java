package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.liftstream.frame.LiftingException;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FileHash;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX files as people have them: without facts, with weights in other files, with false claims.
 */
class RealOnnxFilesTest {
    private static final ExecutionSettings CPU = ExecutionSettings.cpu(1);

    @TempDir private Path folder;

    /** As the public exports are: names instead of sizes, and no metadata. */
    private static TinyModel withoutFacts() {
        return new TinyModel()
                .input("pixel_values", DataType.FLOAT, "batch_size", "num_channels", "h", "w")
                .reduce("ReduceMean", "pixel_values", "predicted_depth", false, 1)
                .output("predicted_depth", DataType.FLOAT, "batch_size", "h", "w");
    }

    @Test
    void saysAllMissingFactsAtOnce() throws IOException {
        Path file = withoutFacts().write(folder.resolve("model.onnx"));
        assertThat(refusal(file))
                .hasMessage(
                        "model model: the file does not say whether its output is inverse-relative or metric (output), which"
                                + " image size it takes (input-size) or how to normalise its input"
                                + " (mean, std); state it in a catalogue like conf/models.yaml,"
                                + " given with models.catalogue or --catalogue, or in the file's"
                                + " metadata, where these keys have the prefix \"liftstream.\"");
    }

    /** What the refusal sends its reader to. */
    @Test
    void theExampleOfTheCatalogueStatesAllThatIsMissing() throws IOException {
        Path file = withoutFacts().write(folder.resolve("my-model.onnx"));
        String example =
                Files.readAllLines(Path.of("conf/models.yaml")).stream()
                        .dropWhile(line -> !line.equals("#   default: my-model"))
                        .takeWhile(line -> line.startsWith("#  "))
                        .map(line -> line.substring(4))
                        .collect(Collectors.joining("\n"));
        ModelCatalogue pasted =
                ModelCatalogue.read(Files.writeString(folder.resolve("models.yaml"), example));
        DeclaredFacts facts = pasted.find("my-model").orElseThrow().facts();
        try (DepthNetwork network = DepthNetwork.open(file, facts, CPU)) {
            assertThat(network.facts().output()).isEqualTo(OutputMeaning.INVERSE_RELATIVE);
        }
    }

    /** A detector's boxes, [batch][values][boxes], have the form of a depth map. */
    @Test
    void anOutputOfOtherProportionsIsNoDepthMapWhateverElseIsMissing() throws IOException {
        TinyModel boxes =
                new TinyModel()
                        .input("images", DataType.FLOAT, 1, 3, 28, 28)
                        .reduce("ReduceMean", "images", "mean", false, 1)
                        .reshape("mean", "output0", 1, 7, 112)
                        .output("output0", DataType.FLOAT, 1, 7, 112);

        assertThat(refusal(boxes.write(folder.resolve("boxes.onnx"))))
                .hasMessage(
                        "model boxes.onnx: this is not a depth model: its output \"output0\" is 1 x 7 x"
                                + " 112, and a depth map would be 1 x 28 x 28; choose a depth model"
                                + " (liftstream model list)");
    }

    @ParameterizedTest
    @CsvSource({"liftstream.output", "liftstream.mean", "liftstream.std"})
    void saysTheOneFactThatIsMissing(String key) throws IOException {
        TinyModel model = TinyModel.meanOfChannels("b", 4, 4).without(key);
        assertThat(refusal(model.write(folder.resolve("model.onnx"))))
                .hasMessageContaining(key.replace("liftstream.", ""));
    }

    @Test
    void asksForTheUnitOfAMetricModelAlone() throws IOException {
        TinyModel model = TinyModel.meanOfChannels("b", 4, 4).fact("liftstream.output", "metric");
        assertThat(refusal(model.write(folder.resolve("model.onnx"))))
                .hasMessageContaining("does not say how many metres its unit is (unit-factor);");
    }

    @ParameterizedTest
    @CsvSource({
        "depth in meters, 1",
        "depth in metres, 1",
        "Metric depth (m), 1",
        "depth [meter], 1",
        "'depth, centimetres', 0.01",
        "depth in centimeters, 0.01",
        "depth cm, 0.01",
        "depth in millimeters, 0.001",
        "depth (mm), 0.001"
    })
    void understandsUnitsInWords(String words, double metres) throws IOException {
        ModelFacts facts = facts(described(words));
        assertThat(facts.output()).isEqualTo(OutputMeaning.METRIC);
        assertThat(facts.unitFactor()).isEqualTo(metres);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disparity",
                "inverse depth in 1/metres",
                "inverse of metres",
                "log depth in meters",
                "depth in kilometres",
                "metres or centimetres",
                "parameters"
            })
    void quotesWordsThatItDoesNotUnderstand(String words) throws IOException {
        assertThat(refusal(described(words)))
                .hasMessageContaining("output \"" + words + "\"")
                .hasMessageContaining("inverse-relative or metric");
    }

    private Path described(String words) throws IOException {
        return TinyModel.meanOfChannels("b", 4, 4)
                .without("liftstream.output")
                .fact("output", words)
                .write(folder.resolve("model.onnx"));
    }

    @ParameterizedTest(name = "{1} x {0}")
    @CsvSource({"28, 28", "28, 42", "42, 28"})
    void findsAGraphThatClaimsOpenSizesAndTakesOne(int height, int width) throws IOException {
        TinyModel model =
                new TinyModel()
                        .input("image", DataType.FLOAT, "b", 3, "h", "w")
                        .reduce("ReduceMean", "image", "mean", true, 1)
                        .reshape("mean", "depth", 1, 1, height, width)
                        .output("depth", DataType.FLOAT, "b", 1, "h", "w")
                        .fact("liftstream.output", "inverse-relative")
                        .fact("liftstream.mean", "0,0,0")
                        .fact("liftstream.std", "1,1,1")
                        .fact("liftstream.input_size", "aspect:28:14");
        assertThat(refusal(model.write(folder.resolve("model.onnx"))))
                .hasMessageContaining("input-size is aspect:28:14")
                .hasMessageContaining("state input-size: fixed:" + height + "x" + width);
    }

    @Test
    void hashesTheFilesThatHoldTheWeights() throws IOException {
        Path two = external("two", "model.onnx_data", 2);
        Path three = external("three", "model.onnx_data", 3);
        assertThat(FileHash.sha256(two)).isEqualTo(FileHash.sha256(three));
        assertThat(facts(two).sha256()).isNotEqualTo(facts(three).sha256());
        String lines =
                FileHash.sha256(two)
                        + "\n"
                        + FileHash.sha256(two.resolveSibling("model.onnx_data"))
                        + "\n";
        byte[] hash = FileHash.newSha256().digest(lines.getBytes(StandardCharsets.US_ASCII));
        assertThat(facts(two).sha256()).isEqualTo(HexFormat.of().formatHex(hash));
    }

    @Test
    void runsWithWeightsInASubfolder() throws IOException {
        assertThat(facts(external("a", "weights/part.bin", 2)).name()).isEqualTo("model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.bin",
                "a/../../outside.bin",
                "..",
                "/outside.bin",
                "missing.bin"
            })
    void refusesWeightsOutsideTheModelsFolder(String location) throws IOException {
        Files.write(folder.resolve("outside.bin"), new byte[] {0, 0, 0, 0x40});
        String written = location.startsWith("/") ? folder + location : location;
        Path model = model(Files.createDirectory(folder.resolve("model")), written);
        assertThat(refusal(model))
                .hasMessageContaining(written)
                .hasMessageContaining("must be a file in the model's own folder");
    }

    @Test
    void refusesWeightsBehindALinkThatLeavesTheFolder() throws IOException {
        Path outside = Files.write(folder.resolve("outside.bin"), new byte[] {0, 0, 0, 0x40});
        Path home = Files.createDirectory(folder.resolve("model"));
        Files.createSymbolicLink(home.resolve("inside.bin"), outside);
        assertThat(refusal(model(home, "inside.bin"))).hasMessageContaining("inside.bin");
    }

    private Path external(String name, String location, float factor) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        Path data = home.resolve(location);
        Files.createDirectories(data.getParent());
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(data, bytes.putFloat(factor).array());
        return model(home, location);
    }

    private static Path model(Path home, String location) throws IOException {
        return new TinyModel()
                .input("image", DataType.FLOAT, "b", 3, 4, 4)
                .reduce("ReduceMean", "image", "mean", true, 1)
                .timesExternal("mean", "depth", location)
                .output("depth", DataType.FLOAT, "b", 1, 4, 4)
                .fact("liftstream.output", "inverse-relative")
                .fact("liftstream.mean", "0,0,0")
                .fact("liftstream.std", "1,1,1")
                .write(home.resolve("model.onnx"));
    }

    private static ModelFacts facts(Path file) {
        try (DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU)) {
            return network.facts();
        }
    }

    private static LiftingException refusal(Path file) {
        List<Throwable> thrown = new ArrayList<>();
        assertThatThrownBy(() -> DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU))
                .isInstanceOf(LiftingException.class)
                .satisfies(thrown::add);
        return (LiftingException) thrown.get(0);
    }
}
