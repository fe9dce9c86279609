package io.liftstream.cli.bench;

import io.liftstream.cli.broker.LocalBroker;
import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.OpenResources;
import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.files.WholeFile;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Measures what a frame costs here, and what share of that is not the network's. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Publishes a backlog to its own Kafka broker and lets four contenders lift it in turn,"
                    + " each with the same number of threads: the library in a bare loop, the same producing to"
                    + " Kafka, the bounded job, and a loop in Python where --python names an interpreter with"
                    + " the packages of src/main/python/peer_loop.py.",
            "Rates and costs are from the steady middle of each run; CPU time is the contender's own,"
                    + " without the broker's."
        },
        footer = {
            "",
            "Every option of conf/README.md can follow as --key value: model, outputs, batch,"
                    + " guarantee, provider. By default a cloud is returned.",
            "",
            "Examples:",
            "  liftstream bench",
            "  liftstream bench --frames 600 --rounds 1 --python .venv/bin/python",
            "  liftstream bench --result.depth-map none --lifting.return-point-cloud false"
                    + " --lifting.return-depth-image true --result.depth-image raw",
            "  liftstream bench --only c --latency 50",
            "  liftstream bench --model.default my-model.onnx --size 1280x720 --out bench.json"
        })
public final class BenchCommand implements Callable<Integer> {
    /** A task manager's, as conf/flink/config.yaml makes it. */
    static final String REFERENCE_JVM = "-Xmx1900m -XX:+UseParallelGC";

    @Option(names = "--frames", description = "Frames of the backlog.", defaultValue = "1200")
    private int frames;

    @Option(
            names = "--rounds",
            description = "Rounds that count, after one to warm up.",
            defaultValue = "3")
    private int rounds;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Pixels of the pictures.",
            defaultValue = "640x480",
            converter = PictureSize.Converter.class)
    private PictureSize size;

    @Option(
            names = "--parallelism",
            description = "Threads of each contender. Default: as many as there are cores.")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--only",
            paramLabel = "a,b,c,d",
            split = ",",
            description = "Which contenders run: a bare loop, b producing loop, c job, d Python.")
    private List<String> only = List.of("a", "b", "c", "d");

    @Option(
            names = "--java-options",
            paramLabel = "WORDS",
            description =
                    "Heap and collector of the contenders' JVMs. Default: those of conf/flink.",
            defaultValue = REFERENCE_JVM)
    private String javaOptions;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "Interpreter of the Python loop; without it that loop is skipped.")
    private Path python;

    @Option(
            names = "--latency",
            paramLabel = "PERCENT",
            description =
                    "After the rounds, run the job live at this share of its measured rate, at least"
                            + " once and exactly once, and split the time from publishing a frame to"
                            + " reading its result. 0: not.",
            defaultValue = "0")
    private int latencyPercent;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write every round, the machine and the options there, as JSON.")
    private Path out;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        requireSense();
        try (OpenResources resources = new OpenResources("bench")) {
            BenchResults results = race(resources);
            results.print(spec.commandLine().getOut());
            if (out != null) {
                List<String> commandLine = spec.commandLine().getParseResult().originalArgs();
                WholeFile.write(out, BenchFile.of(Machine.facts(), commandLine, results));
            }
        }
        return ExitCode.OK;
    }

    private void requireSense() {
        List<String> problems = new ArrayList<>();
        requirePositive("--frames", frames, problems);
        requirePositive("--rounds", rounds, problems);
        requirePositive("--parallelism", parallelism, problems);
        for (String letter : only) {
            if (letters().noneMatch(letter::equals)) {
                problems.add("option --only names '" + letter + "': name some of a, b, c and d");
            }
        }
        if (latencyPercent < 0 || latencyPercent >= 100) {
            problems.add(
                    "option --latency is " + latencyPercent + ": it must be from 1 to 99, or 0");
        }
        if (latencyPercent > 0 && !only.contains(Contender.JOB.letter())) {
            problems.add("option --latency needs the job's rate: add c to --only");
        }
        if (python != null && !Files.isExecutable(python)) {
            problems.add("option --python is " + python + ": it must be a Python interpreter");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static Stream<String> letters() {
        return Arrays.stream(Contender.values()).map(Contender::letter);
    }

    private static void requirePositive(String name, int value, List<String> problems) {
        if (value < 1) {
            problems.add("option " + name + " is " + value + ": it must be at least 1");
        }
    }

    private BenchResults race(OpenResources resources) throws Exception {
        Path folder = resources.temporaryFolder();
        LocalBroker broker = resources.add(new LocalBroker(folder.resolve("broker")));
        broker.startForThisProcess(LoopbackPort.free());
        say("Rendering pictures ...");
        Backlog backlog = new Backlog(BenchConfiguration.FRAMES_TOPIC, size, parallelism);
        int even = -Math.floorDiv(-frames, backlog.partitions()) * backlog.partitions();
        BenchConfiguration configuration =
                new BenchConfiguration(broker.awaitAddress(), parallelism, folder, overrides);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", configuration.address()))) {
            backlog.createTopic(admin);
            backlog.publish(configuration.address(), even);
            List<Racer> racers = racers(resources, backlog.partitions(), configuration);
            say(BenchReport.heading(size, backlog.pictureBytes(), even, parallelism));
            Race race = new Race(admin, backlog.partitions(), even, BenchCommand::say);
            Map<Contender, List<Measurement>> shown = race.run(racers, rounds);
            if (latencyPercent == 0) {
                return new BenchResults(shown, Map.of());
            }
            WorkerRacer job =
                    racers.stream()
                            .filter(racer -> racer.contender() == Contender.JOB)
                            .map(WorkerRacer.class::cast)
                            .findFirst()
                            .orElseThrow();
            return new BenchResults(
                    shown,
                    latencies(new LatencyTrial(admin, race, backlog, configuration, job), shown));
        }
    }

    private Map<DeliveryGuarantee, Latency> latencies(
            LatencyTrial trial, Map<Contender, List<Measurement>> shown) throws Exception {
        double measured =
                Spread.of(shown.get(Contender.JOB), Measurement::framesPerSecond).median();
        Map<DeliveryGuarantee, Latency> latencies = new LinkedHashMap<>();
        for (DeliveryGuarantee guarantee :
                List.of(DeliveryGuarantee.AT_LEAST_ONCE, DeliveryGuarantee.EXACTLY_ONCE)) {
            say("Live, " + guarantee + " ...");
            latencies.put(guarantee, trial.run(guarantee, measured * latencyPercent / 100, frames));
        }
        return latencies;
    }

    private List<Racer> racers(
            OpenResources resources, int partitions, BenchConfiguration configuration)
            throws IOException {
        List<Racer> racers = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            if (!only.contains(contender.letter())) {
                continue;
            }
            if (contender != Contender.PYTHON_LOOP) {
                List<String> options = List.of(javaOptions.strip().split(" +", -1));
                racers.add(WorkerRacer.start(contender, options, configuration));
            } else if (python == null) {
                say("No Python loop: --python names no interpreter.");
            } else {
                racers.add(PythonRacer.start(python, script(), size, partitions, configuration));
            }
        }
        racers.forEach(resources::add);
        return racers;
    }

    /** Beside the classes of a clone; an image has no Python. */
    private static Path script() {
        return Path.of(System.getProperty("liftstream.home", "."))
                .resolve("src/main/python/peer_loop.py");
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
