package io.liftstream.cli.export;

import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.cli.console.ResultTopicArguments;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.ResultDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Writes a result topic to files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Writes the results on a topic to files, up to the topic's end at the start:"
                    + " DIR/<camera>/<sequence>.depth.npy (float32), .depth.png (16 bit), .ply"
                    + " (binary) and .json.",
            "Each of them where the result has it. What a camera sent after a restart goes to"
                    + " DIR/<camera>/epoch-<n>/. A repeated result overwrites itself."
        },
        footer = {
            "",
            "Options of conf/README.md can follow as --key value, kafka.properties.* for example.",
            "",
            "Examples:",
            "  liftstream export conf/live.yaml --out results",
            "  liftstream export --bootstrap-servers broker:9092 --topic my.replay --out results",
            "  liftstream export conf/live.yaml --out results --from 2026-01-31T08:00:00Z"
        })
public final class ExportCommand implements Callable<Integer> {

    @Mixin private ResultTopicArguments source;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where files go.")
    private Path out;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        JobSettings settings = source.settings(overrides);
        ReadPosition start = source.start();
        String topic = source.topic(settings, settings.depthTopic());
        Files.createDirectories(out);
        ResultFolder folder = new ResultFolder(out);
        RecordDecoder<ReadResult> results =
                new RecordDecoder<>(
                        EventHeaders.RESULT, ResultDecoder::decode, spec.commandLine().getErr());
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            read(reader, reader.ranges(start, ReadPosition.parse("latest")), results, folder);
        }
        spec.commandLine().getOut().println(folder.written() + " results written to " + out);
        return results.exitCode();
    }

    private static void read(
            TopicReader reader,
            List<PartitionRange> ranges,
            RecordDecoder<ReadResult> results,
            ResultFolder folder)
            throws Exception {
        long total = ranges.stream().mapToLong(PartitionRange::length).sum();
        try (ProgressDisplay progress = ProgressDisplay.of("Exporting", total)) {
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
                    });
        }
    }
}
