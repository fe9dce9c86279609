package io.liftstream.cli.replay;

import io.liftstream.cli.audit.FrameAudit;
import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.job.LocalPreflight;
import io.liftstream.cli.job.WatchedRun;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamOptions;
import io.liftstream.job.ReplayBound;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.network.ExecutionProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            "Lifts a recorded stretch of the frames topic again, on a Flink inside this process.",
            "The configuration may be a live job's: the replay uses its own name, consumer group and"
                    + " output topics, and writes exactly once. The output topics must exist.",
            "At the end it checks that each frame has exactly one result or rejection, as liftstream"
                    + " audit does, and prints the counts; exit code 1 if not."
        },
        footer = {
            "",
            "POS is earliest (--from), latest (the topic's end at the start), an instant by the"
                    + " broker's time, or offsets such as 0:1200,1:900: one for each partition of the"
                    + " topic, none behind its end.",
            "Every option of conf/README.md can follow CONFIG.yaml as --key value.",
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

    @Option(names = "--dry-run", description = "Report what would be read; start nothing.")
    private boolean dryRun;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        requirePositions();
        JobSettings settings = settings();
        if (dryRun) {
            LocalPreflight.rehearse(settings);
            describe(settings);
            return ExitCode.OK;
        }
        ExecutionProvider provider = LocalPreflight.require(settings);
        FrameAudit audit = FrameAudit.fromNowOn(settings);
        new WatchedRun(settings, spec.commandLine().getErr()).run(provider);
        int code = audit.awaitAndReport(spec.commandLine().getOut());
        sayNext(settings);
        return code;
    }

    /** By the options as they were typed. */
    private void requirePositions() {
        List<String> problems = new ArrayList<>();
        requirePosition("--from", from, ReplayBound.START, problems);
        requirePosition("--to", to, ReplayBound.END, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static void requirePosition(
            String option, String text, ReplayBound bound, List<String> problems) {
        if (text != null) {
            try {
                ReadPosition.parse(text);
                if (!bound.allows(text)) {
                    problems.add(
                            "option " + option + " is " + text + ": it must be " + bound.remedy());
                }
            } catch (IllegalArgumentException e) {
                problems.add("option " + option + ": " + e.getMessage());
            }
        }
    }

    private void sayNext(JobSettings settings) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "Next: liftstream export --bootstrap-servers %s --topic %s --out DIR%n",
                        settings.kafka().bootstrapServers(),
                        settings.depthTopic());
    }

    private JobSettings settings() throws IOException {
        ReplayConfiguration replay =
                new ReplayConfiguration(
                        ConfigurationLoader.layers(configuration, overrides), outputTopic);
        JobOverrides derived = new JobOverrides();
        if (replay.live() || !replay.saysWhereToStart()) {
            derived.set(LiftstreamOptions.SOURCE_START, "earliest");
        }
        if (replay.live()) {
            derived.addAll(replay.apart("-replay"));
        }
        JobOverrides decided = new JobOverrides();
        if (from != null) {
            decided.set(LiftstreamOptions.SOURCE_START, from);
        }
        if (to != null) {
            decided.set(LiftstreamOptions.SOURCE_END, to);
        }
        JobSettings settings = JobSettingsReader.read(replay.with(derived, decided));
        if (replay.live()) {
            replay.requireTopicsApart(settings, "--topics.rejected");
        }
        return settings;
    }

    private void describe(JobSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        List<PartitionRange> ranges;
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            ranges = reader.ranges(settings.start(), settings.end());
        }
        out.printf(
                Locale.ROOT,
                "%s on %s, from %s to %s%n",
                settings.framesTopic(),
                settings.kafka().bootstrapServers(),
                settings.start().text(),
                settings.end().text());
        out.printf(
                Locale.ROOT,
                "%-9s %14s %14s %14s%n",
                "partition",
                "from offset",
                "to offset",
                "frames");
        for (PartitionRange range : ranges) {
            out.printf(
                    Locale.ROOT,
                    "%-9d %14d %14d %14d%n",
                    range.partition().partition(),
                    range.start(),
                    range.end(),
                    range.length());
        }
        out.printf(
                Locale.ROOT,
                "%d frames would be lifted; results would go to %s, rejections to %s.%n",
                ranges.stream().mapToLong(PartitionRange::length).sum(),
                settings.depthTopic(),
                settings.rejectedTopic());
        out.println("A dry run: nothing was started.");
    }
}
