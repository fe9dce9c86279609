package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.InputSize;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import io.liftstream.testing.SharedFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepthNetworkTest {
    private static final ExecutionSettings CPU = ExecutionSettings.cpu(1);
    private static final String CENTIMETRES = "models/meter_xxs_nyu_192x256.onnx";

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
    void readsWhatAFileInCentimetresSaysAboutItself() {
        Path file = SharedFiles.require(CENTIMETRES);
        DeclaredFacts size = inputSize(new InputSizeRule.Fixed(192, 256));
        try (DepthNetwork network = DepthNetwork.open(file, size, CPU)) {
            ModelFacts facts = network.facts();
            assertThat(facts.unitFactor()).isEqualTo(0.01);
            assertThat(facts.output()).isEqualTo(OutputMeaning.METRIC);
            assertThat(facts.defaultMapping()).isEqualTo(DepthMapping.METRIC);
            assertThat(facts.tensorFormat()).isEqualTo(TensorFormat.IMAGENET);
            assertThat(facts.licence()).contains("lorenzopapa5");
            assertThat(facts.backendUsed())
                    .isEqualTo(
                            "meter_xxs_nyu_192x256@ff3b69b5f84d92225f3da25680c28472e2e546e004754f01b6abd2b37969c5a0");
        }
    }

    @Test
    void keepsTheNetworksOwnResolution() {
        Path file = SharedFiles.require(CENTIMETRES);
        try (DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU)) {
            DepthPrediction prediction = network.run(noise(2, 192, 256), 2, 192, 256);
            assertThat(prediction.batch()).isEqualTo(2);
            assertThat(prediction.height()).isEqualTo(48);
            assertThat(prediction.width()).isEqualTo(64);
            assertThat(prediction.values()).hasSize(2 * 48 * 64);
        }
    }

    @Test
    void takesTheInputSizeFromAGraphThatFixesIt() {
        Path file = SharedFiles.require("models/meter_xxs_kitti_192x640_metres_fullres.onnx");
        try (DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU)) {
            network.warmUp();
            assertThat(network.facts().inputSize()).isEqualTo(new InputSizeRule.Fixed(192, 640));
        }
    }

    @Test
    void refusesAnInputSizeThatTheGraphCannotTake() {
        Path file = SharedFiles.require(CENTIMETRES);
        DeclaredFacts wrong = inputSize(new InputSizeRule.Fixed(100, 100));
        assertThatThrownBy(() -> DepthNetwork.open(file, wrong, CPU))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("input-size is fixed:100x100")
                .hasMessageContaining("fixed:192x256 (rows x columns)");
    }

    @Test
    void refusesABufferOfAnotherLength() {
        Path file = SharedFiles.require(CENTIMETRES);
        try (DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU)) {
            assertThatThrownBy(() -> network.run(noise(1, 10, 10), 1, 192, 256))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void saysThatARunWithAnotherSizeFailed() {
        Path file = SharedFiles.require(CENTIMETRES);
        try (DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU)) {
            assertThatThrownBy(() -> network.run(noise(1, 64, 64), 1, 64, 64))
                    .isInstanceOfSatisfying(
                            LiftingException.class,
                            e -> assertThat(e.reason()).isEqualTo(RejectionReason.INFERENCE_FAILED))
                    .hasMessageContaining("1x3x64x64");
            network.warmUp();
        }
    }

    @Test
    void refusesAFileThatIsNoModel() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.onnx"), "Dear Sir or Madam");
        assertThatThrownBy(() -> DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("letter.onnx");
    }

    @Test
    void refusesCudaWithoutADriverAndSaysWhy() {
        Path file = SharedFiles.require(CENTIMETRES);
        org.junit.jupiter.api.Assumptions.assumeFalse(NvidiaDriver.present(), "a driver is here");
        ExecutionSettings cuda =
                new ExecutionSettings(ExecutionProvider.CUDA, 0, 1, 0, 1, 0, false);
        assertThatThrownBy(() -> DepthNetwork.open(file, DeclaredFacts.NOTHING, cuda))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("provider is cuda")
                .hasMessageContaining("NVIDIA driver");
    }

    @Test
    void aCpuRunsNoBlankImages() {
        Path file = SharedFiles.require(CENTIMETRES);
        ExecutionSettings padding =
                new ExecutionSettings(ExecutionProvider.CPU, 0, 1, 0, 8, 0, false);
        try (DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, padding)) {
            assertThat(network.runImages(3, new InputSize(192, 256))).isEqualTo(3);
        }
    }

    @Test
    void closesOnceHoweverOftenItIsAsked() {
        Path file = SharedFiles.require(CENTIMETRES);
        DepthNetwork network = DepthNetwork.open(file, DeclaredFacts.NOTHING, CPU);
        network.close();
        network.close();
        assertThatThrownBy(network::warmUp).isInstanceOf(IllegalStateException.class);
    }

    private static DeclaredFacts inputSize(InputSizeRule rule) {
        return new DeclaredFacts(null, null, rule, null, null, null, null, null);
    }

    private static FloatBuffer noise(int batch, int height, int width) {
        Random random = new Random(7);
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(batch * 3 * height * width * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
        return buffer;
    }
}
