package io.liftstream.cli.audit;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.ReadPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Holds a job to its promise: each frame becomes exactly one result or one rejection. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that each frame of a stretch of the frames topic has exactly one result or"
                    + " rejection, and lists the offsets that have none, or more.",
            "Uses the records' ce_id headers, and reads committed records only. Values are"
                    + " transferred, since the broker sends whole batches, but not parsed. Frames are read only"
                    + " where an outcome is missing, to distinguish lost frames from offsets without a frame.",
            "If the job writes at least once, repeated outcomes are counted and allowed: a recovery"
                    + " repeats them."
        },
        footer = {
            "",
            "POS is earliest, latest, committed (the consumer group's offsets: all frames before them"
                    + " have their outcome), an instant by the broker's time, or offsets such as 0:1200,1:900.",
            "Exit code 1: a frame has no outcome, or more than the guarantee allows, or retention removed"
                    + " outcomes before they were read.",
            "Options of conf/README.md can follow as --key value, topics.depth for example.",
            "",
            "Examples:",
            "  liftstream audit conf/live.yaml --from 2026-01-31T08:00:00Z",
            "  liftstream audit conf/live.yaml --from 0:1200,1:900 --to 0:5000,1:4800",
            "  liftstream audit conf/replay.yaml --topics.depth my.replay --topics.rejected"
                    + " my.replay.rejected"
        })
public final class AuditCommand implements Callable<Integer> {
    private static final String COMMITTED = "committed";

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml",
            description = "The job's configuration, for its brokers, topics and guarantee.")
    private Path configuration;

    @Mixin private BrokerArguments brokers;

    @Option(
            names = "--from",
            paramLabel = "POS",
            description =
                    "Where the frames begin. Default: source.start of a replay, else earliest.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "POS",
            description =
                    "Where they end, exclusive. Default: source.end of a replay, else committed.")
    private String to;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        JobSettings settings = brokers.settings(spec, configuration, overrides);
        boolean replay = settings.mode() == JobMode.REPLAY;
        ReadPosition start =
                position("--from", from, replay ? settings.start().text() : "earliest");
        ReadPosition end = position("--to", to, replay ? settings.end().text() : COMMITTED);
        for (String topic :
                List.of(settings.framesTopic(), settings.depthTopic(), settings.rejectedTopic())) {
            BrokerArguments.requireTopic(settings.kafka(), topic);
        }
        int exitCode = FrameAudit.of(settings, start, end).report(spec.commandLine().getOut());
        if (end.text().equals(COMMITTED)) {
            spec.commandLine()
                    .getOut()
                    .println("Frames behind the job's committed offsets were not judged.");
        }
        return exitCode;
    }

    private static ReadPosition position(String option, String given, String otherwise) {
        try {
            return ReadPosition.parse(given == null ? otherwise : given);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    List.of("option " + option + ": " + e.getMessage()));
        }
    }
}
