package io.liftstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.network.ChildJvm;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.DepthPrediction;
import io.liftstream.network.ExecutionSettings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of the size of Depth Anything V2 Small. */
class RealSizeConversionITCase {
    private static final long TEN_SECONDS = 10_000;

    @TempDir private static Path folder;
    private static Path checkpoint;

    @BeforeAll
    static void makeCheckpoint() throws Exception {
        checkpoint = RandomCheckpoint.write(folder.resolve("small.pth"), RandomCheckpoint.VIT_S);
        assertThat(Files.size(checkpoint)).isGreaterThan(95_000_000);
    }

    /** Converts and prints the milliseconds that the thread was busy. */
    static final class Convert {
        private Convert() {}

        public static void main(String[] arguments) throws Exception {
            CheckpointConverter.convert(
                    Path.of(arguments[0]),
                    "0".repeat(64),
                    ConversionSettings.of(CheckpointKind.V2_RELATIVE),
                    Path.of(arguments[1]));
            long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            System.out.println("busy for " + busy / 1_000_000 + " ms");
        }
    }

    @Test
    void takesLessThanTenSecondsAndLittleMemory() throws Exception {
        Path target = folder.resolve("small.onnx");
        String output =
                ChildJvm.start(
                                Map.of(),
                                List.of("-Xmx128m"),
                                Convert.class,
                                List.of(checkpoint.toString(), target.toString()))
                        .output();
        String busy = output.replaceAll("(?s).*busy for (\\d+) ms.*", "$1");
        assertThat(Long.parseLong(busy)).isLessThan(TEN_SECONDS);
        assertThat(Files.size(target)).isBetween(95_000_000L, 100_000_000L);
    }

    @Test
    void agreesInAllFormsOnAWideImage() throws Exception {
        ConversionSettings open = ConversionSettings.of(CheckpointKind.V2_RELATIVE);
        InputSizeRule wide = new InputSizeRule.Fixed(252, 448);
        float[] expected = run(open);
        float spread = spread(expected);
        ConversionSettings plain =
                open.with(wide, NetworkPrecision.FLOAT32).with(AttentionForm.PLAIN);
        assertClose(run(plain), expected, 1e-4f * spread);
        assertClose(
                run(open.with(wide, NetworkPrecision.FLOAT16_WEIGHTS)), expected, 0.02f * spread);
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        float worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst).isLessThan(tolerance);
    }

    private static float spread(float[] values) {
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(most).isGreaterThan(least);
        return most - least;
    }

    private static float[] run(ConversionSettings options) throws Exception {
        Path onnx = folder.resolve(options.fileName());
        CheckpointConverter.convert(checkpoint, "0".repeat(64), options, onnx);
        FloatBuffer input =
                ByteBuffer.allocateDirect(3 * 252 * 448 * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, (float) Math.sin(i * 0.01));
        }
        ExecutionSettings cpu = ExecutionSettings.cpu(1);
        try (DepthNetwork network = DepthNetwork.open(onnx, DeclaredFacts.NOTHING, cpu)) {
            DepthPrediction prediction = network.run(input, 1, 252, 448);
            return prediction.values();
        }
    }
}
