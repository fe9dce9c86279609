package io.liftstream.kafka;

import io.liftstream.frame.ReceivedFrame;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Flink's Kafka source with readers that lose no frame in silence; its state is that of Flink's.
 * Flink's own reader commits offsets of frames that still wait for order, and skips what it cannot
 * find without a word.
 */
public final class FrameSource
        implements Source<ReceivedFrame, KafkaPartitionSplit, KafkaSourceEnumState>, Serializable {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<ReceivedFrame> kafka;
    private final KafkaSettings settings;
    private final String jobName;
    private final OffsetGaps gaps;
    private final Duration longestWait;

    /**
     * @param kafka reads the records, with a schema that knows the same gaps
     * @param settings of the Kafka cluster, to ask what is left of a topic
     * @param jobName under which the job is present to the brokers
     * @param gaps shared with the source's schema: both travel to a task as one
     * @param longestWait how long a frame may wait for its outcome
     */
    FrameSource(
            KafkaSource<ReceivedFrame> kafka,
            KafkaSettings settings,
            String jobName,
            OffsetGaps gaps,
            Duration longestWait) {
        this.kafka = kafka;
        this.settings = settings;
        this.jobName = jobName;
        this.gaps = gaps;
        this.longestWait = longestWait;
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SourceReader<ReceivedFrame, KafkaPartitionSplit> createReader(
            SourceReaderContext context) throws Exception {
        return new FrameReader(
                kafka.createReader(context),
                settings,
                gaps,
                new HeldCommits(longestWait, System::nanoTime));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return new PresentEnumerator(kafka.createEnumerator(context), settings, jobName);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
            throws Exception {
        return new PresentEnumerator(kafka.restoreEnumerator(context, state), settings, jobName);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }
}
