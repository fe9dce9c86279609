package io.liftstream.cli.bench;

import io.liftstream.frame.DepthMapping;
import io.liftstream.image.InputSize;
import io.liftstream.job.JobSettings;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.network.BatchNetwork;
import io.liftstream.network.DepthModels;
import io.liftstream.network.DepthNetwork;
import io.liftstream.stream.EstimateSettings;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.MessageSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** As many processes of {@code peer_loop.py} as the job has subtasks, with the job's outputs. */
final class PythonRacer implements Racer {
    private static final String READY = "READY";

    private final List<ContenderProcess> processes = new ArrayList<>();

    private PythonRacer() {}

    /**
     * Starts the processes and waits until their packages are loaded and their models open.
     *
     * @param python the interpreter
     * @param script {@code peer_loop.py}
     * @param partitions of the frames topic
     */
    static PythonRacer start(
            Path python,
            Path script,
            PictureSize size,
            int partitions,
            BenchConfiguration configuration)
            throws IOException {
        Path folder = configuration.folder();
        int parallelism = configuration.parallelism();
        List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
        command.addAll(words(configuration.settings(), size, folder));
        PythonRacer racer = new PythonRacer();
        try {
            for (int i = 0; i < parallelism; i++) {
                List<String> own = new ArrayList<>(command);
                own.addAll(List.of("--partitions", share(i, parallelism, partitions)));
                racer.processes.add(
                        ContenderProcess.start(own, folder.resolve("python-" + i + ".log")));
            }
            for (ContenderProcess process : racer.processes) {
                process.answer(READY);
            }
            return racer;
        } catch (IOException e) {
            racer.close();
            throw e;
        }
    }

    private static String share(int index, int parallelism, int partitions) {
        return IntStream.range(0, partitions)
                .filter(partition -> partition % parallelism == index)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    private static List<String> words(JobSettings settings, PictureSize size, Path folder)
            throws IOException {
        EstimateSettings estimate = settings.topology().estimate();
        Path schema = folder.resolve("messages.binpb");
        Files.write(schema, MessageSchema.descriptorSet());
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--bootstrap", settings.kafka().bootstrapServers(),
                                "--frames-topic", settings.framesTopic(),
                                "--schema", schema.toString()));
        try (DepthModels models = LoopSlot.openModels(estimate)) {
            DepthNetwork network = models.keepOpen(estimate.defaultModel());
            words.addAll(network(network, size));
            words.addAll(List.of("--provider", provider(network)));
        }
        if (Boolean.TRUE.equals(estimate.defaults().returnPointCloud())) {
            words.add("--point-cloud");
        }
        if (estimate.format().depthMap() != DepthMapFormat.NONE) {
            words.add("--depth-map");
        }
        if (Boolean.TRUE.equals(estimate.defaults().returnDepthImage())) {
            String form = estimate.format().depthImage().name().toLowerCase(Locale.ROOT);
            words.addAll(List.of("--depth-image", form));
        }
        return words;
    }

    private static List<String> network(BatchNetwork network, PictureSize size) {
        ModelFacts facts = network.facts();
        InputSize input = facts.inputSize().sizeFor(size.width(), size.height());
        boolean metric = facts.defaultMapping() == DepthMapping.METRIC;
        return List.of(
                "--model",
                facts.file().toString(),
                "--width",
                Integer.toString(input.width()),
                "--height",
                Integer.toString(input.height()),
                "--mean=" + commas(facts.tensorFormat().mean()),
                "--std=" + commas(facts.tensorFormat().std()),
                "--mapping",
                metric ? "metric" : "inverse");
    }

    private static String commas(float[] values) {
        return Arrays.toString(values).replaceAll("[\\[\\] ]", "");
    }

    private static String provider(DepthNetwork network) {
        return switch (network.provider()) {
            case CUDA -> "CUDAExecutionProvider";
            case TENSORRT -> "TensorrtExecutionProvider";
            case AUTO, CPU -> "CPUExecutionProvider";
        };
    }

    @Override
    public Contender contender() {
        return Contender.PYTHON_LOOP;
    }

    @Override
    public Measurement run(int frames, String depthTopic, String rejectedTopic) throws IOException {
        for (ContenderProcess process : processes) {
            process.order(frames / processes.size() + " " + depthTopic);
        }
        List<Measurement> each = new ArrayList<>();
        for (ContenderProcess process : processes) {
            each.add(JSON.readValue(process.answer(BenchWorker.ANSWER), Measurement.class));
        }
        return together(each);
    }

    /** Processes that ran side by side, each with as many frames, as one. */
    static Measurement together(List<Measurement> each) {
        double frames = each.stream().mapToDouble(Measurement::frames).sum();
        double rate = each.stream().mapToDouble(Measurement::framesPerSecond).sum();
        Measurement first = each.get(0);
        return new Measurement(
                frames,
                frames / rate,
                each.stream().mapToDouble(Measurement::cpuMillis).average().orElseThrow(),
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                first.bytesIn(),
                first.bytesOut(),
                each.stream().mapToDouble(Measurement::startSeconds).max().orElseThrow(),
                each.stream().mapToDouble(Measurement::startCpuSeconds).sum(),
                each.stream().mapToDouble(Measurement::peakMemoryBytes).sum());
    }

    @Override
    public void close() {
        processes.forEach(ContenderProcess::close);
    }
}
