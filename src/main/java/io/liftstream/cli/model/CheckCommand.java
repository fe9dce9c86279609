package io.liftstream.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.InputSize;
import io.liftstream.network.DepthModels;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.network.ExecutionSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code liftstream model check}: a device's numbers against the CPU's, and its rate. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Run a model on a device and on the CPU, and print the difference of their outputs and"
                    + " the device's speed, as one line of JSON per batch size.",
            "With --reference the CPU runs another model: what float16 costs in accuracy is the"
                    + " difference of a float16 network from its float32 form.",
            "The exit code is 1 if they differ by more than --tolerance."
        })
final class CheckCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RUNS_BEFORE = 3;
    private static final int LEAST_RUNS = 5;

    @Spec private CommandSpec spec;
    @ParentCommand private ModelCommand models;

    @Parameters(paramLabel = "MODEL", description = ModelCommand.BACKEND)
    private String model;

    @Option(
            names = "--provider",
            defaultValue = "AUTO",
            description = "Execution provider: ${COMPLETION-CANDIDATES}.")
    private ExecutionProvider provider;

    @Option(
            names = "--reference",
            paramLabel = "MODEL",
            description = "Model that the CPU runs, of the same input size. Default: MODEL itself.")
    private String reference;

    @Option(names = "--device", defaultValue = "0", description = "Index of the GPU.")
    private int device;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1,2,4,8",
            description = "Batch sizes to run.")
    private List<Integer> batches;

    @Option(
            names = "--seconds",
            defaultValue = "1",
            description = "Seconds for which each batch size is timed.")
    private double seconds;

    @Option(
            names = "--tolerance",
            defaultValue = "0.001",
            description = "Maximum relative L2 distance from the CPU's output.")
    private double tolerance;

    @Override
    public Integer call() throws IOException {
        ExecutionSettings settings =
                new ExecutionSettings(
                        provider, device, 1, 0, 1, TimeUnit.MINUTES.toMillis(1), false);
        String expected = reference == null ? model : reference;
        boolean good = true;
        try (DepthModels ours = models.networks(settings, model);
                DepthModels cpu = models.networks(ExecutionSettings.cpu(0), expected)) {
            for (int batch : batches) {
                good &= check(ours.keepOpen(model), cpu.keepOpen(expected), batch);
            }
        } catch (LiftingException e) {
            throw e.field().equals("provider") ? e.named("--provider") : e;
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean check(DepthNetwork ours, DepthNetwork cpu, int batch) throws IOException {
        InputSize size = ours.facts().inputSize().sizeFor(640, 480);
        FloatBuffer input = waves(batch, size);
        float[] expected = cpu.run(input, batch, size.height(), size.width()).values();
        float[] actual = ours.run(input, batch, size.height(), size.width()).values();
        double distance = relativeDistance(actual, expected);
        double[] millis = times(ours, input, batch, size);
        ObjectNode line = JSON.createObjectNode();
        line.put("model", ours.facts().backendUsed());
        line.put("provider", ours.provider().name());
        line.put("input", size.height() + "x" + size.width());
        line.put("batch", batch);
        line.put("relative_l2", distance);
        line.put("median_ms", millis[millis.length / 2]);
        line.put("p99_ms", millis[(int) (0.99 * (millis.length - 1))]);
        line.put("frames_per_second", batch * 1000 / millis[millis.length / 2]);
        spec.commandLine().getOut().println(JSON.writeValueAsString(line));
        return distance <= tolerance;
    }

    /** Smooth values of about the range of normalised pixels. */
    private static FloatBuffer waves(int batch, InputSize size) {
        int count = 3 * batch * size.height() * size.width();
        FloatBuffer values =
                ByteBuffer.allocateDirect(Float.BYTES * count)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        for (int i = 0; i < count; i++) {
            values.put(i, (float) (1.5 * Math.sin(0.01 * i) + 0.5 * Math.cos(0.37 * i)));
        }
        return values;
    }

    private double[] times(DepthNetwork network, FloatBuffer input, int batch, InputSize size) {
        for (int i = 0; i < RUNS_BEFORE; i++) {
            network.run(input, batch, size.height(), size.width());
        }
        double[] millis = new double[LEAST_RUNS];
        int runs = 0;
        long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        while (runs < LEAST_RUNS || System.nanoTime() < end) {
            long start = System.nanoTime();
            network.run(input, batch, size.height(), size.width());
            millis = runs < millis.length ? millis : Arrays.copyOf(millis, 2 * runs);
            millis[runs++] = 1e-6 * (System.nanoTime() - start);
        }
        double[] sorted = Arrays.copyOf(millis, runs);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Infinite where an output is not a number. */
    static double relativeDistance(float[] actual, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            double apart = (double) actual[i] - expected[i];
            difference += apart * apart;
            norm += (double) expected[i] * expected[i];
        }
        double distance = Math.sqrt(difference / norm);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
}
