package io.liftstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.testing.SharedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a CPU no bit of a frame's depth depends on the frames that it is lifted with, or on threads:
 * replay equality rests on it.
 */
class BatchCompositionITCase {
    private static final int LARGEST_BATCH = 8;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theBundledModel(int threads) {
        Path file = Path.of("src/main/resources/io/liftstream/models/liftstream-tiny.onnx");
        assertSameBits(file, threads, 192, 256);
    }

    @Test
    void aConvolutionalNetworkInCentimetres() {
        assertSameBits(SharedFiles.require("models/meter_xxs_nyu_192x256.onnx"), 2, 192, 256);
    }

    @ParameterizedTest
    @CsvSource({"FUSED, 1", "FUSED, 2", "PLAIN, 2"})
    void depthAnythingSmall(AttentionForm form, int threads) throws IOException {
        Path checkpoint = RandomCheckpoint.write(folder.resolve("s.pth"), RandomCheckpoint.VIT_S);
        Path file = folder.resolve("s.onnx");
        CheckpointConverter.convert(
                checkpoint,
                "0".repeat(64),
                ConversionSettings.of(CheckpointKind.V2_RELATIVE).with(form),
                file);

        assertSameBits(file, threads, 140, 182);
    }

    private static void assertSameBits(Path file, int threads, int height, int width) {
        int perFrame = 3 * height * width;
        FloatBuffer frames = noise(LARGEST_BATCH * perFrame);
        try (DepthNetwork network =
                DepthNetwork.open(file, DeclaredFacts.NOTHING, ExecutionSettings.cpu(threads))) {
            float[][] alone = new float[LARGEST_BATCH][];
            for (int i = 0; i < LARGEST_BATCH; i++) {
                alone[i] =
                        network.run(frames.slice(i * perFrame, perFrame), 1, height, width)
                                .values();
            }
            assertThat(alone[0]).isNotEqualTo(alone[1]);
            for (int batch : new int[] {2, 3, 4, LARGEST_BATCH}) {
                int first = LARGEST_BATCH - batch;
                float[] together =
                        network.run(
                                        frames.slice(first * perFrame, batch * perFrame),
                                        batch,
                                        height,
                                        width)
                                .values();
                for (int i = 0; i < batch; i++) {
                    int length = alone[0].length;
                    float[] own = Arrays.copyOfRange(together, i * length, (i + 1) * length);
                    assertThat(Arrays.equals(own, alone[first + i]))
                            .as("frame %d of a batch of %d has the bits it has alone", i, batch)
                            .isTrue();
                }
            }
        }
    }

    private static FloatBuffer noise(int count) {
        Random random = new Random(7);
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(count * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        for (int i = 0; i < count; i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
        return buffer;
    }
}
