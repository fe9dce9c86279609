package io.liftstream.cli.demo;

import io.liftstream.cli.broker.LocalBroker;
import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.Interruption;
import io.liftstream.cli.console.OpenResources;
import io.liftstream.cli.console.OutFolder;
import io.liftstream.cli.console.PositiveNumber;
import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.cli.job.LocalJob;
import io.liftstream.cli.job.LocalPreflight;
import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.cli.view.LiveView;
import io.liftstream.files.WholeFile;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.job.TopicRules;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicCreation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Lifts a small fleet's frames through a Kafka and a Flink of its own. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Starts a Kafka broker and the job, publishes frames of a small fleet, and writes the"
                    + " results: depth, clouds, a summary and a contact sheet whose clouds you can turn.",
            "Everything it starts listens on 127.0.0.1 only and stops with it."
        },
        footer = {
            "",
            "Every option of conf/README.md can follow as --key value.",
            "",
            "Examples:",
            "  liftstream demo",
            "  liftstream demo --view --frames 900",
            "  liftstream demo --cameras 5 --frames 200 --fps 5 --out fleet",
            "  liftstream demo --images my-photos --model.default my-model.onnx"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 3;
    private static final short REPLICAS = 1;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Option(names = "--cameras", description = "Cameras of the fleet.", defaultValue = "3")
    private int cameras;

    @Option(
            names = "--frames",
            description = "Frames over all cameras; every camera sends its share.",
            defaultValue = "90")
    private int frames;

    @Option(names = "--fps", description = "Frames a second of each camera.", defaultValue = "5")
    private double fps;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Publish these images instead of rendered ones; large ones are shrunk to 1024"
                            + " pixels.")
    private Path images;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the files go.",
            defaultValue = "liftstream-demo")
    private Path out;

    @Option(
            names = "--headless",
            description =
                    "Do not wait for the user at the end; exit with 0 only if every published frame"
                            + " came back, each camera's in order.")
    private boolean headless;

    @Option(
            names = "--view",
            description =
                    "Also serve the live page, which shows results in a browser as they arrive: on"
                            + " port 8765, or on any free port if 8765 is in use.")
    private boolean view;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        requireSense();
        DemoTally tally = new DemoTally(new DemoFolder(out));
        try (OutFolder folder = OutFolder.open(out);
                OpenResources resources = new OpenResources("demo")) {
            runUnlessInterrupted(resources, tally);
        }
        return tally.isComplete(frames) ? 0 : 1;
    }

    private void runUnlessInterrupted(OpenResources resources, DemoTally tally) throws Exception {
        try {
            run(resources, tally);
        } catch (Exception e) {
            if (!resources.isInterrupted()) {
                throw e;
            }
        }
    }

    private void requireSense() {
        List<String> problems = new ArrayList<>();
        PositiveNumber.require("--cameras", (double) cameras, problems);
        PositiveNumber.require("--frames", (double) frames, problems);
        PositiveNumber.require("--fps", fps, problems);
        if (images != null && !Files.isDirectory(images)) {
            problems.add("option --images is " + images + ": it must be a folder of images");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private void run(OpenResources resources, DemoTally tally) throws Exception {
        Path folder = resources.temporaryFolder();
        FrameSupply supply =
                images == null ? new RenderedSupply(cameras, fps) : new DemoImages(images);
        int port = LoopbackPort.free();
        JobSettings settings =
                DemoJob.settings(LoopbackPort.ADDRESS + ":" + port, folder, overrides);
        say("Starting Kafka ...");
        LocalBroker broker = resources.add(new LocalBroker(folder.resolve("broker")));
        broker.startForThisProcess(port);
        // The broker takes seconds, and needs one core for them: the other one loads what the job
        // and the cameras need.
        LocalPreflight.requireModels(settings);
        supply.frame(0, 0);
        String address = broker.awaitAddress();
        DemoTopics topics = DemoTopics.of(settings);
        try (TopicCreation creation = new TopicCreation(settings.kafka())) {
            creation.create(
                    new TopicRules(settings).plan(TopicRules.RETENTION), PARTITIONS, REPLICAS);
        }
        say("Starting the job ...");
        LocalJob job = resources.add(DemoJob.start(settings));
        say("Kafka is at " + address + ", Flink's web UI at " + job.webAddress());
        KafkaSettings kafka = new KafkaSettings(address, "liftstream-demo-reader", Map.of());
        if (view) {
            openLiveView(resources, kafka, topics);
        }
        // Closed by this thread alone: a consumer serves one thread, and the hook is another.
        try (FramePublisher publisher = new FramePublisher(kafka, topics.frames());
                OutcomeReader reader = new OutcomeReader(kafka, topics)) {
            lift(new FleetRun(publisher, reader, job, tally), supply, tally);
        }
        writeReports(tally);
        if (!headless) {
            say(
                    "For Foxglove: liftstream export --bootstrap-servers "
                            + address
                            + " --mcap demo.mcap");
            say(
                    view
                            ? "Press Enter to stop the live page, Kafka and Flink."
                            : "Press Enter to stop Kafka and Flink.");
            System.in.read();
        }
    }

    private static void openLiveView(
            OpenResources resources, KafkaSettings kafka, DemoTopics topics) throws IOException {
        LiveView live =
                resources.add(
                        LiveView.open(kafka, topics.frames(), topics.depth(), topics.rejected()));
        say("Look at " + live.pageAddress() + " (Foxglove: " + live.foxgloveAddress() + ")");
    }

    private void lift(FleetRun fleet, FrameSupply supply, DemoTally tally) throws Exception {
        try (ProgressDisplay progress = ProgressDisplay.of("Lifting", frames, "frame");
                Interruption told =
                        Interruption.toldOf(
                                spec.commandLine().getErr(),
                                () ->
                                        tally.outcomes()
                                                + " of "
                                                + frames
                                                + " frames are lifted or rejected; files in "
                                                + out)) {
            fleet.run(supply, cameras, frames, fps, TIMEOUT, progress);
        }
    }

    private void writeReports(DemoTally tally) throws IOException {
        WholeFile.write(out.resolve("summary.json"), SummaryFile.of(tally));
        ContactSheet.write(tally, out);
        say(
                tally.publishedCount()
                        + " frames published, "
                        + tally.rows().size()
                        + " lifted, "
                        + tally.rejectedCount()
                        + " rejected.");
        tally.rejectionLines().forEach(DemoCommand::say);
        say("Open " + out.resolve("index.html").toAbsolutePath());
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
