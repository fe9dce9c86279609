package io.liftstream.model.checkpoint;

import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.OutputMeaning;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long one frame of 518 x 518 takes in Depth Anything V2 Small with random weights, for each
 * form of the graph. The forms take turns, so that a busy machine slows all of them; with one
 * thread the time that it was busy says more there than the time that passed. Arguments: CPU
 * threads (1), rounds (10), and another ONNX file of the same network, such as PyTorch's own
 * export, to time beside them.
 */
final class DepthAnythingSpeed {
    private static final int SIDE = 518;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DepthAnythingSpeed() {}

    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        Path folder = Files.createTempDirectory("depth-anything-speed");
        Path checkpoint = RandomCheckpoint.write(folder.resolve("s.pth"), RandomCheckpoint.VIT_S);
        ConversionSettings open = ConversionSettings.of(CheckpointKind.V2_RELATIVE);
        ConversionSettings fixed =
                open.with(new InputSizeRule.Fixed(SIDE, SIDE), NetworkPrecision.FLOAT32);
        Map<String, ConversionSettings> forms = new LinkedHashMap<>();
        forms.put("any size, fused", open);
        forms.put("any size, plain", open.with(AttentionForm.PLAIN));
        forms.put("518x518, fused", fixed);
        forms.put("518x518, plain", fixed.with(AttentionForm.PLAIN));
        Map<String, DepthNetwork> networks = new LinkedHashMap<>();
        for (Map.Entry<String, ConversionSettings> form : forms.entrySet()) {
            Path onnx = folder.resolve(form.getValue().fileName());
            long start = System.nanoTime();
            CheckpointConverter.convert(checkpoint, "0".repeat(64), form.getValue(), onnx);
            System.out.printf("%-16s converted in %d ms%n", form.getKey(), millis(start));
            networks.put(
                    form.getKey(),
                    DepthNetwork.open(onnx, DeclaredFacts.NOTHING, ExecutionSettings.cpu(threads)));
        }
        if (arguments.length > 2) {
            networks.put("the file given", open(Path.of(arguments[2]), threads));
        }
        measure(networks, rounds);
    }

    private static DepthNetwork open(Path onnx, int threads) {
        DeclaredFacts facts =
                new DeclaredFacts(
                        "given",
                        null,
                        new InputSizeRule.Fixed(SIDE, SIDE),
                        TensorFormat.IMAGENET,
                        OutputMeaning.INVERSE_RELATIVE,
                        null,
                        null,
                        null);
        return DepthNetwork.open(onnx, facts, ExecutionSettings.cpu(threads));
    }

    private static void measure(Map<String, DepthNetwork> networks, int rounds) {
        FloatBuffer input =
                ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        networks.values().forEach(network -> network.run(input, 1, SIDE, SIDE));
        Map<String, long[]> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, DepthNetwork> network : networks.entrySet()) {
                long start = System.nanoTime();
                long busy = THREADS.getCurrentThreadCpuTime();
                network.getValue().run(input, 1, SIDE, SIDE);
                times.computeIfAbsent(network.getKey() + ", passed", key -> new long[rounds])[
                                round] =
                        millis(start);
                times.computeIfAbsent(network.getKey() + ", busy", key -> new long[rounds])[round] =
                        (THREADS.getCurrentThreadCpuTime() - busy) / 1_000_000;
            }
        }
        times.forEach(
                (form, values) -> {
                    Arrays.sort(values);
                    System.out.printf(
                            "%-24s median %d ms, fastest %d ms%n",
                            form, values[values.length / 2], values[0]);
                });
        networks.values().forEach(DepthNetwork::close);
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
