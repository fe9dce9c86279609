package io.liftstream.cli.rejected;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.cli.console.RemovedRecords;
import io.liftstream.cli.console.ResultTopicArguments;
import io.liftstream.cli.job.LocalPreflight;
import io.liftstream.cli.replay.ReplayConfiguration;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamOptions;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.RejectionCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Tells which frames became no result, and why; lifts them again. */
@Command(
        name = "rejected",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Counts rejected frames by reason and camera, up to the topic's end at the start; --list"
                    + " prints each one. Of frames that were shed together (SHED), all offsets are known, but"
                    + " sequence and capture time of the first alone: for the others --list prints -, and"
                    + " --json null.",
            "Invalid calibrations are counted as well (BAD_CALIBRATION).",
            "A frame that is on the topic twice (at-least-once) counts once.",
            "--lift reads only these frames from the frames topic and lifts them: a bounded job on a"
                    + " Flink inside this process, with a name and output topics of its own, which must exist."
                    + " It writes exactly once. Frames that are no longer on the frames topic are counted and"
                    + " left out.",
            "Ordering starts fresh: a frame that was LATE is accepted if the frames that overtook it"
                    + " are not in this run. A frame that is itself invalid (MALFORMED, UNREADABLE_IMAGE) is"
                    + " rejected again. Frames are identified by partition and offset: if the frames topic was"
                    + " recreated, old rejections point to the wrong frames."
        },
        footer = {
            "",
            "Options of conf/README.md can follow as --key value, kafka.properties.* for example.",
            "",
            "Examples:",
            "  liftstream rejected conf/live.yaml",
            "  liftstream rejected --bootstrap-servers broker:9092 --topic my.replay.rejected --json",
            "  liftstream rejected conf/live.yaml --from 2026-01-31T08:00:00Z --list",
            "  liftstream rejected conf/live.yaml --reason LATE,SHED --lift --output-topic my.late"
                    + " --dry-run"
        })
public final class RejectedCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private ResultTopicArguments source;

    @Option(names = "--list", description = "One line for each frame instead of the counts.")
    private boolean list;

    @Option(
            names = "--json",
            description = "JSON instead of a table; with --list one object a line.")
    private boolean json;

    @Mixin private RejectionFilter filter;

    @ArgGroup(exclusive = false)
    private Lift lift;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    private final RejectionTally tally = new RejectionTally();

    /** That and how the frames are lifted again. */
    static final class Lift {
        @Option(
                names = "--lift",
                required = true,
                description = "Lift the frames again instead of counting them.")
        @SuppressWarnings("UnusedVariable") // That it is given makes this group exist.
        private boolean wanted;

        @Option(
                names = "--output-topic",
                required = true,
                paramLabel = "TOPIC",
                description = "Topic of the results.")
        private String outputTopic;

        @Option(
                names = "--rejected-topic",
                paramLabel = "TOPIC",
                description =
                        "Topic of the frames that are rejected again. Default: the output topic's name followed"
                                + " by .rejected.")
        private String rejectedTopic;

        @Option(
                names = "--dry-run",
                description =
                        "Report how many frames would be lifted, from where, and how many are gone; start"
                                + " nothing.")
        private boolean dryRun;
    }

    @Override
    public Integer call() throws Exception {
        requireSense();
        JobSettings settings = source.settings(overrides);
        ReadPosition start = source.start();
        String topic = source.topic(settings, settings.rejectedTopic());
        RecordDecoder<FrameRejection> rejections =
                new RecordDecoder<>(
                        EventHeaders.REJECTION,
                        RejectionCodec::decode,
                        spec.commandLine().getErr());
        RemovedRecords removed = new RemovedRecords(spec.commandLine().getErr());
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            List<PartitionRange> ranges = reader.ranges(start, ReadPosition.parse("latest"));
            reader.read(ranges, record -> take(rejections.decode(record)), removed::add);
        }
        int exitCode = Math.max(rejections.exitCode(), removed.exitCode());
        if (lift != null) {
            return Math.max(exitCode, lifted(topic));
        }
        if (!list && json) {
            out().println(tally.toJson());
        } else if (!list) {
            tally.printTable(out());
        } else if (tally.frames().isEmpty()) {
            spec.commandLine().getErr().println("no rejected frame of these is on " + topic);
        }
        return exitCode;
    }

    private void requireSense() {
        if (lift != null && (list || json)) {
            throw new InvalidConfigurationException(
                    List.of("option --lift goes with neither --list nor --json: lift or list"));
        }
    }

    private int lifted(String topic) throws Exception {
        JobSettings settings = liftSettings();
        if (List.of(settings.depthTopic(), settings.rejectedTopic()).contains(topic)) {
            throw new InvalidConfigurationException(
                    List.of(
                            "topic "
                                    + topic
                                    + " lists the frames that are lifted again: --output-topic and"
                                    + " --rejected-topic must be others, or each frame would be listed"
                                    + " twice"));
        }
        RejectionLift work = new RejectionLift(settings, out(), spec.commandLine().getErr());
        if (lift.dryRun) {
            LocalPreflight.rehearse(settings);
            work.rehearse(tally.frames());
            return ExitCode.OK;
        }
        return work.run(tally.frames(), LocalPreflight.require(settings));
    }

    private JobSettings liftSettings() throws IOException {
        ReplayConfiguration replay =
                new ReplayConfiguration(source.layers(overrides), lift.outputTopic);
        // The user's topics.rejected is the topic that is read.
        JobOverrides decided =
                new JobOverrides()
                        .set(LiftstreamOptions.SOURCE_START, "earliest")
                        .set(LiftstreamOptions.SOURCE_END, "latest")
                        .set(
                                LiftstreamOptions.TOPICS_REJECTED,
                                lift.rejectedTopic == null
                                        ? replay.rejectedTopic()
                                        : lift.rejectedTopic);
        JobSettings settings = JobSettingsReader.read(replay.with(replay.apart("-lift"), decided));
        replay.requireTopicsApart(settings, "--rejected-topic");
        return settings;
    }

    private void take(FrameRejection rejection) throws IOException {
        if (rejection == null || !filter.accepts(rejection) || isNoFrame(rejection)) {
            return;
        }
        boolean first = tally.frames().isEmpty();
        List<Provenance> added = tally.add(rejection);
        if (!list || added.isEmpty()) {
            return;
        }
        if (first && !json) {
            out().println(line("reason", "camera", "sequence", "topic/partition/offset", "why"));
        }
        for (Provenance frame : added) {
            out().println(json ? toJson(rejection, frame) : toText(rejection, frame));
        }
    }

    /** Calibrations are told of, and cannot be lifted. */
    private boolean isNoFrame(FrameRejection rejection) {
        return lift != null && rejection.reason() == RejectionReason.BAD_CALIBRATION;
    }

    private static String toText(FrameRejection rejection, Provenance frame) {
        boolean known = rejection.sequence() != null && isDescribed(rejection, frame);
        return line(
                rejection.reason(),
                RejectionTally.cameraOf(rejection),
                known ? rejection.sequence() : "-",
                placeOf(frame),
                rejection.detail());
    }

    /** Of further frames of a rejection, it has no more than their places. */
    private static boolean isDescribed(FrameRejection rejection, Provenance frame) {
        return frame.offset() == rejection.provenance().offset();
    }

    private static String line(
            Object reason, String camera, Object sequence, String place, String why) {
        return String.format(
                Locale.ROOT, "%-18s %-20s %-8s %-22s  %s", reason, camera, sequence, place, why);
    }

    private static String toJson(FrameRejection rejection, Provenance frame) throws IOException {
        boolean described = isDescribed(rejection, frame);
        ObjectNode node = JSON.createObjectNode();
        node.put("reason", rejection.reason().name());
        node.put("stage", rejection.stage());
        node.put("detail", rejection.detail());
        node.put("camera", rejection.cameraId());
        node.put("sequence", described ? rejection.sequence() : null);
        node.put(
                "capture_time",
                described && rejection.captureTimeNanos() != null
                        ? Instant.ofEpochSecond(0, rejection.captureTimeNanos()).toString()
                        : null);
        node.put("topic", frame.topic());
        node.put("partition", frame.partition());
        node.put("offset", frame.offset());
        node.put("original_length", described ? (Long) rejection.originalLength() : null);
        return JSON.writeValueAsString(node);
    }

    private static String placeOf(Provenance provenance) {
        return provenance.topic() + "/" + provenance.partition() + "/" + provenance.offset();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
