package io.liftstream.cli.export;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.cli.console.OutFolder;
import io.liftstream.cli.console.OutputFolder;
import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.cli.console.RemovedRecords;
import io.liftstream.cli.console.ResultTopicArguments;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.ResultDecoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Writes a result topic to files, or to a recording for viewers. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Writes the results on a topic to files, up to the topic's end at the start:"
                    + " DIR/<camera>/<sequence>.depth.npy (float32), .depth.png (16 bit), .ply, .glb"
                    + " (binary) and .json.",
            "Only the outputs that a result has are written. Frames after a camera's restart go to"
                    + " DIR/<camera>/epoch-<n>/. A repeated result overwrites itself.",
            "With --mcap, to one recording that Foxglove, Lichtblick and Rerun open: picture,"
                    + " calibration, depth in millimetres and points of each camera, and the"
                    + " rejections. Pictures come from the frames topic, as far as it still has them."
                    + " Repeats are left out. If the export fails, what was read until then is in the file, and the"
                    + " command says so; without any message there is no file. proto/foxglove/README.md lists the topics in the file."
        },
        footer = {
            "",
            "Options of conf/README.md can follow as --key value, kafka.properties.* for example.",
            "",
            "Examples:",
            "  liftstream export conf/live.yaml --out results",
            "  liftstream export --bootstrap-servers broker:9092 --topic my.replay --out results",
            "  liftstream export conf/live.yaml --out results --from 2026-01-31T08:00:00Z",
            "  liftstream export conf/live.yaml --mcap today.mcap --from 2026-01-31T08:00:00Z --follow"
        })
public final class ExportCommand implements Callable<Integer> {

    @Mixin private ResultTopicArguments source;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Target target;

    @Option(
            names = "--follow",
            description =
                    "With --mcap: continue with new results until Ctrl-C; the file is then complete.")
    private boolean follow;

    @Option(
            names = "--rejected-topic",
            paramLabel = "TOPIC",
            description =
                    "With --mcap: where the rejections are. Default: the job's, or for another"
                            + " --topic TOPIC.rejected.")
    private String rejectedTopic;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    /** Where results go. */
    private static final class Target {
        @Option(names = "--out", paramLabel = "DIR", description = "Where files go.")
        private Path out;

        @Option(
                names = "--mcap",
                paramLabel = "FILE",
                description = "File of the recording; it must not exist.")
        private Path mcap;
    }

    @Override
    public Integer call() throws Exception {
        requireSense();
        JobSettings settings = source.settings(overrides);
        ReadPosition start = source.start();
        String topic = source.topic(settings, settings.depthTopic());
        return target.mcap == null
                ? exportFiles(settings, topic, start)
                : exportRecording(settings, topic, start);
    }

    private void requireSense() {
        if (target.mcap == null && (follow || rejectedTopic != null)) {
            throw new InvalidConfigurationException(
                    List.of(
                            (follow ? "--follow" : "--rejected-topic")
                                    + " needs --mcap FILE: it writes a recording"));
        }
        if (target.mcap != null) {
            OutputFolder.require("--mcap " + target.mcap, target.mcap);
        }
    }

    private int exportRecording(JobSettings settings, String topic, ReadPosition start)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        return new McapExport(
                        settings.kafka(),
                        topic,
                        rejections(settings, topic, start),
                        out,
                        spec.commandLine().getErr())
                .run(target.mcap, start, follow);
    }

    /** The topic of rejections, or null and a word about why the recording has none. */
    private String rejections(JobSettings settings, String topic, ReadPosition start) {
        if (rejectedTopic != null && !start.offsets().isEmpty()) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option --from is "
                                    + start.text()
                                    + ": with --rejected-topic it must be earliest or an instant, since"
                                    + " offsets are those of one topic"));
        }
        if (rejectedTopic != null) {
            BrokerArguments.requireTopic(settings.kafka(), rejectedTopic);
            return rejectedTopic;
        }
        String derived =
                topic.equals(settings.depthTopic())
                        ? settings.rejectedTopic()
                        : topic + ".rejected";
        try {
            if (start.offsets().isEmpty()) {
                BrokerArguments.requireTopic(settings.kafka(), derived);
                return derived;
            }
            sayWithoutRejections("offsets of --from are those of " + topic);
        } catch (InvalidConfigurationException e) {
            sayWithoutRejections(e.getMessage());
        }
        return null;
    }

    private void sayWithoutRejections(String why) {
        spec.commandLine().getErr().println("The recording has no rejections: " + why);
    }

    private int exportFiles(JobSettings settings, String topic, ReadPosition start)
            throws Exception {
        ResultFolder folder = new ResultFolder(target.out);
        RecordDecoder<ReadResult> results =
                new RecordDecoder<>(
                        EventHeaders.RESULT, ResultDecoder::decode, spec.commandLine().getErr());
        RemovedRecords removed = new RemovedRecords(spec.commandLine().getErr());
        try (OutFolder made = OutFolder.open(target.out);
                TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            List<PartitionRange> ranges = reader.ranges(start, ReadPosition.parse("latest"));
            read(reader, ranges, results, folder, removed);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(folder.written() + " results written to " + target.out);
        if (folder.written() > 0) {
            out.println(
                    "Next: open the .ply files with MeshLab or CloudCompare, or write a recording for"
                            + " liftstream view with --mcap FILE.");
        }
        return Math.max(results.exitCode(), removed.exitCode());
    }

    private static void read(
            TopicReader reader,
            List<PartitionRange> ranges,
            RecordDecoder<ReadResult> results,
            ResultFolder folder,
            RemovedRecords removed)
            throws Exception {
        long total = ranges.stream().mapToLong(PartitionRange::length).sum();
        try (ProgressDisplay progress = ProgressDisplay.of("Exporting", total, "offset")) {
            reader.read(
                    ranges,
                    new TopicReader.Receiver() {
                        @Override
                        public void record(ConsumerRecord<byte[], byte[]> record)
                                throws IOException {
                            ReadResult result = results.decode(record);
                            if (result != null) {
                                folder.write(result);
                            }
                        }

                        @Override
                        public void passed(long offsets) {
                            progress.reached(offsets);
                        }
                    },
                    removed::add);
        }
    }
}
