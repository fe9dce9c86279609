package io.liftstream.cli.audit;

import io.liftstream.job.JobSettings;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Spares reading outcomes that are older than every frame of an audit: an outcome is sent after the
 * broker has its frame. Only the broker's own time can tell.
 */
final class FirstFrameTime {
    /** How far the clocks of brokers and task managers may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final ReadPosition EARLIEST = ReadPosition.parse("earliest");

    private final JobSettings settings;
    private final List<PartitionRange> frames;

    FirstFrameTime(JobSettings settings, List<PartitionRange> frames) {
        this.settings = settings;
        this.frames = frames.stream().filter(range -> range.length() > 0).toList();
    }

    /** {@return a position on the output topics before which no outcome of these frames lies} */
    ReadPosition beforeOutcomes() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> firsts = firstFrames();
        boolean told =
                firsts.size() == frames.size()
                        && firsts.stream()
                                .allMatch(
                                        first ->
                                                first.timestampType()
                                                        == TimestampType.LOG_APPEND_TIME);
        return firsts.stream().mapToLong(ConsumerRecord::timestamp).min().stream()
                .filter(millis -> told)
                .mapToObj(millis -> Instant.ofEpochMilli(millis).minus(CLOCKS).toString())
                .map(ReadPosition::parse)
                .findFirst()
                .orElse(EARLIEST);
    }

    /** Of each stretch, unless its first offset holds no record. */
    private List<ConsumerRecord<byte[], byte[]>> firstFrames() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> firsts = new ArrayList<>();
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            reader.read(
                    frames.stream()
                            .map(
                                    range ->
                                            new PartitionRange(
                                                    range.partition(),
                                                    range.start(),
                                                    range.start() + 1))
                            .toList(),
                    firsts::add,
                    gone -> {}); // A stretch without its first frame tells no time.
        }
        return firsts;
    }
}
