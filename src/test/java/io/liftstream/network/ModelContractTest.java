package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model must look like, and what is said of one that does not. */
class ModelContractTest {
    @TempDir private Path folder;
    private int openBefore;

    @BeforeEach
    void countSessions() {
        openBefore = DepthNetwork.openSessions();
    }

    @AfterEach
    void leavesNoSessionOpen() {
        assertThat(DepthNetwork.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void readsTheFactsThatAModelCarries() throws IOException {
        TinyModel model =
                TinyModel.meanOfChannels("b", "h", "w")
                        .fact("liftstream.name", "mean of channels")
                        .fact("liftstream.licence", "Apache-2.0")
                        .fact("liftstream.input_size", "aspect:28:14")
                        .fact("liftstream.layout", "NCHW")
                        .fact("liftstream.color", "RGB")
                        .fact("liftstream.range", "0..1")
                        .fact("liftstream.mean", "0.1, 0.2, 0.3")
                        .fact("liftstream.std", "1,2,3")
                        .fact("liftstream.output", "metric")
                        .fact("liftstream.unit_factor", "0.5");
        try (DepthNetwork network = open(model)) {
            ModelFacts facts = network.facts();
            assertThat(facts.name()).isEqualTo("mean_of_channels");
            assertThat(facts.licence()).isEqualTo("Apache-2.0");
            assertThat(facts.inputSize()).isEqualTo(new InputSizeRule.AspectPreserving(28, 14));
            assertThat(facts.tensorFormat())
                    .isEqualTo(
                            new TensorFormat(
                                    new float[] {0.1f, 0.2f, 0.3f}, new float[] {1, 2, 3}));
            assertThat(facts.output()).isEqualTo(OutputMeaning.METRIC);
            assertThat(facts.unitFactor()).isEqualTo(0.5);
            assertThat(facts.defaultMapping()).isEqualTo(DepthMapping.METRIC);
            network.warmUp();
        }
    }

    @Test
    void mapsARelativeModelInverselyByDefault() throws IOException {
        try (DepthNetwork network = open(TinyModel.meanOfChannels("b", 2, 3))) {
            assertThat(network.facts().defaultMapping()).isEqualTo(DepthMapping.INVERSE);
            assertThat(network.facts().unitFactor()).isEqualTo(1);
            assertThat(network.facts().licence()).isEqualTo("unknown");
        }
    }

    @Test
    void givesOneMapPerFrameInOrder() throws IOException {
        try (DepthNetwork network = open(TinyModel.meanOfChannels("b", 1, 2))) {
            assertMeans(network.run(twoFrames(), 2, 1, 2));
        }
    }

    @Test
    void runsABatchOneByOneWhereTheGraphTakesOneFrame() throws IOException {
        try (DepthNetwork network = open(TinyModel.meanOfChannels(1, 1, 2))) {
            assertMeans(network.run(twoFrames(), 2, 1, 2));
        }
    }

    @Test
    void readsAnOutputWithoutAChannelDimension() throws IOException {
        TinyModel model =
                relative()
                        .input("image", DataType.FLOAT, "b", 3, 1, 2)
                        .reduce("ReduceMean", "image", "depth", false, 1)
                        .output("depth", DataType.FLOAT, "b", 1, 2);
        try (DepthNetwork network = open(model)) {
            assertMeans(network.run(twoFrames(), 2, 1, 2));
        }
    }

    @Test
    void leavesTheBuffersPositionAsItWas() throws IOException {
        try (DepthNetwork network = open(TinyModel.meanOfChannels("b", 1, 2))) {
            FloatBuffer frames = twoFrames().position(6);
            assertThat(network.run(frames, 1, 1, 2).values()).containsExactly(40, 50);
            assertThat(frames.position()).isEqualTo(6);
        }
    }

    @Test
    void refusesAnOutputOfRankTwo() {
        assertRefused(
                relative()
                        .input("image", DataType.FLOAT, "b", 3, 4, 4)
                        .reduce("ReduceMean", "image", "scores", false, 1, 2)
                        .output("scores", DataType.FLOAT, "b", 4),
                "its output \"scores\" is float32 ? x 4, and a depth map would be");
    }

    @Test
    void refusesIntegersAsInput() {
        assertRefused(
                relative()
                        .input("image", DataType.INT64, "b", 3, 4, 4)
                        .cast("image", "depth3", DataType.FLOAT)
                        .reduce("ReduceMean", "depth3", "depth", true, 1)
                        .output("depth", DataType.FLOAT, "b", 1, 4, 4),
                "its input \"image\" is int64 ? x 3 x 4 x 4; it must be float32");
    }

    @Test
    void refusesAnInputWithTheChannelsLast() {
        assertRefused(
                relative()
                        .input("image", DataType.FLOAT, "b", 4, 4, 3)
                        .reduce("ReduceMean", "image", "depth", true, 1)
                        .output("depth", DataType.FLOAT, "b", 1, 4, 3),
                "float32 ? x 4 x 4 x 3");
    }

    @Test
    void refusesTwoOutputs() {
        assertRefused(
                TinyModel.meanOfChannels("b", 4, 4)
                        .reduce("ReduceMax", "image", "confidence", true, 1)
                        .output("confidence", DataType.FLOAT, "b", 1, 4, 4),
                "\"confidence\" float32 ? x 1 x 4 x 4), and a depth model has one");
    }

    @Test
    void refusesAGraphForAFixedNumberOfSeveralFrames() {
        assertRefused(TinyModel.meanOfChannels(4, 4, 4), "float32 4 x 3 x 4 x 4");
    }

    @Test
    void refusesAModelThatFailsItsFirstRun() throws IOException {
        TinyModel threeMaps =
                new TinyModel()
                        .input("image", DataType.FLOAT, "b", "c", 14, 14)
                        .cast("image", "depth", DataType.FLOAT)
                        .output("depth", DataType.FLOAT, "b", "c", 14, 14)
                        .fact("liftstream.output", "inverse-relative")
                        .fact("liftstream.mean", "0,0,0")
                        .fact("liftstream.std", "1,1,1");
        assertThatThrownBy(() -> open(threeMaps))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(": its first run on CPU failed (its output [")
                .hasMessageContaining("[1, 3, 14, 14]");
    }

    @Test
    void refusesFactsThatNobodyImplements() {
        assertRefused(
                TinyModel.meanOfChannels("b", 4, 4).fact("liftstream.color", "BGR"),
                "only RGB is supported");
        assertRefused(
                TinyModel.meanOfChannels("b", 4, 4).fact("range", "0..255"),
                "only 0..1 is supported");
    }

    private static TinyModel relative() {
        return new TinyModel()
                .fact("liftstream.output", "inverse-relative")
                .fact("liftstream.mean", "0,0,0")
                .fact("liftstream.std", "1,1,1");
    }

    // Two frames of 1 x 2 pixels; the means of the channels are 4, 5 and 40, 50.
    private static FloatBuffer twoFrames() {
        return ByteBuffer.allocateDirect(12 * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(new float[] {3, 4, 4, 5, 5, 6, 30, 40, 40, 50, 50, 60})
                .flip();
    }

    private static void assertMeans(DepthPrediction prediction) {
        assertThat(prediction.batch()).isEqualTo(2);
        assertThat(prediction.height()).isEqualTo(1);
        assertThat(prediction.width()).isEqualTo(2);
        assertThat(prediction.values()).containsExactly(4, 5, 40, 50);
    }

    private DepthNetwork open(TinyModel model) throws IOException {
        Path file = model.write(folder.resolve("tiny.onnx"));
        return DepthNetwork.open(file, DeclaredFacts.NOTHING, ExecutionSettings.cpu(1));
    }

    private void assertRefused(TinyModel model, String because) {
        assertThatThrownBy(() -> open(model))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining(because);
    }
}
