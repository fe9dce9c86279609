package io.liftstream.cli;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.job.LiftstreamOptions;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.TopicReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Lifts a stretch of a frames topic again: the bounded job, with topics of its own. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Lifts a recorded stretch of the frames topic again, on a Flink inside this process, and"
                    + " ends by itself.",
            "The configuration may be a live job's: a replay of it has a name, a consumer group and"
                    + " output topics of its own, and writes exactly once. The output topics must"
                    + " exist."
        },
        footer = {
            "",
            "POS is earliest, latest (what is there at the start), an instant by the broker's time, or"
                    + " offsets such as 0:1200,1:900.",
            "Every option of conf/README.md can follow as --key value.",
            "",
            "Examples:",
            "  liftstream replay conf/replay.yaml --output-topic my.replay --dry-run",
            "  liftstream replay conf/live.yaml --from 2026-01-31T08:00:00Z --to"
                    + " 2026-01-31T09:00:00Z --output-topic my.replay",
            "  liftstream replay conf/live.yaml --output-topic other.model --model.default other.onnx"
        })
public final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG.yaml", description = "Configuration file; see conf/.")
    private Path configuration;

    @Option(
            names = "--from",
            paramLabel = "POS",
            description =
                    "Where to begin. Default: source.start of a replay's configuration, else"
                            + " earliest.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "POS",
            description =
                    "Where to end, exclusive. Default: source.end of the configuration, else"
                            + " latest.")
    private String to;

    @Option(
            names = "--output-topic",
            required = true,
            paramLabel = "TOPIC",
            description =
                    "Results go here, rejections to TOPIC.rejected (or --topics.rejected NAME).")
    private String outputTopic;

    @Option(names = "--dry-run", description = "Say what would be read; start nothing.")
    private boolean dryRun;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        List<String> words = words();
        if (dryRun) {
            rehearse(JobSettingsReader.read(LiftstreamJob.configuration(words)));
        } else {
            LiftstreamJob.main(words.toArray(new String[0]));
            spec.commandLine().getOut().println("The results are on " + outputTopic + ".");
        }
        return ExitCode.OK;
    }

    /** The later of two words for one key wins: what the user says goes after what is derived. */
    private List<String> words() {
        Configuration given = LiftstreamJob.configuration(List.of(configuration.toString()));
        List<String> words = new ArrayList<>(List.of(configuration.toString()));
        words.addAll(JobCommand.LOCAL_FLINK);
        words.addAll(List.of("--topics.rejected", outputTopic + ".rejected"));
        boolean live = given.get(LiftstreamOptions.JOB_MODE) == JobMode.LIVE;
        if (live || !given.contains(LiftstreamOptions.SOURCE_START)) {
            words.addAll(List.of("--source.start", "earliest"));
        }
        if (live) {
            words.addAll(apartFromLive(given));
        }
        words.addAll(overrides);
        words.addAll(List.of("--job.mode", "replay", "--topics.depth", outputTopic));
        if (from != null) {
            words.addAll(List.of("--source.start", from));
        }
        if (to != null) {
            words.addAll(List.of("--source.end", to));
        }
        return words;
    }

    /** A live job's transactions, committed offsets and topics are none of a replay's business. */
    private List<String> apartFromLive(Configuration live) {
        String depth = live.get(LiftstreamOptions.TOPICS_DEPTH);
        if (outputTopic.equals(depth)) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option --output-topic is "
                                    + outputTopic
                                    + ": it must be a topic of the replay's own, not the one that"
                                    + " the live job of "
                                    + configuration
                                    + " writes"));
        }
        String name = live.get(LiftstreamOptions.JOB_NAME) + "-replay";
        return List.of(
                "--job.name", name,
                "--kafka.group-id", name,
                "--sink.delivery-guarantee", "exactly-once");
    }

    private void rehearse(JobSettings settings) {
        LiftstreamJob.rehearse(settings);
        PrintWriter out = spec.commandLine().getOut();
        List<PartitionRange> ranges;
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            ranges = reader.ranges(settings.start(), settings.end());
        }
        out.printf(
                "%s on %s, from %s to %s%n",
                settings.framesTopic(),
                settings.kafka().bootstrapServers(),
                settings.start().text(),
                settings.end().text());
        out.printf("%-9s %14s %14s %14s%n", "partition", "from offset", "to offset", "frames");
        for (PartitionRange range : ranges) {
            out.printf(
                    "%-9d %14d %14d %14d%n",
                    range.partition().partition(), range.start(), range.end(), range.length());
        }
        out.printf(
                "%d frames would be lifted; results would go to %s, rejections to %s.%n",
                ranges.stream().mapToLong(PartitionRange::length).sum(),
                settings.depthTopic(),
                settings.rejectedTopic());
        out.println("A dry run: nothing was started.");
    }
}
