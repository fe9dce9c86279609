package io.liftstream.kafka;

import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.input.InputSettings;
import io.liftstream.wire.EncodedResult;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The only place that builds the job's sources and sinks. */
public final class KafkaConnectors {

    /** What keys, headers and framing may add to a value, bytes. */
    public static final int RECORD_OVERHEAD_BYTES = 4096;

    private static final String FETCH_BYTES = Integer.toString(16 << 20);

    /** Frames of a new partition must not be too old to be lifted when they are first read. */
    private static final String DISCOVERY_MILLIS = "5000";

    private final KafkaSettings settings;
    private final String jobName;
    private final InputSettings input;

    /**
     * Connectors to one Kafka cluster.
     *
     * @param settings of the Kafka cluster
     * @param jobName the job's, to be found by others of its name
     * @param input how records of the frames topic become frames
     */
    public KafkaConnectors(KafkaSettings settings, String jobName, InputSettings input) {
        this.settings = settings;
        this.jobName = jobName;
        this.input = input;
    }

    /**
     * {@return a source of frames without end; where the broker has removed what comes next, it
     * goes on with the earliest that is left, and says what is missing}
     *
     * @param topic the frames topic
     * @param start where a job without a checkpoint begins
     * @param timing of the reading
     */
    public FrameSource liveFrames(String topic, ReadPosition start, LiveTiming timing) {
        OffsetsInitializer offsets =
                start.isCommitted()
                        ? new CommittedOffsets(timing.firstStart())
                        : start.start(topic);
        OffsetGaps gaps = new OffsetGaps();
        return source(
                frames(topic, offsets, OffsetResetStrategy.EARLIEST, null, gaps),
                gaps,
                timing.longestWait());
    }

    /**
     * {@return a source of frames from one position up to another; it fails where the broker has
     * removed some of them}
     *
     * @param topic the frames topic
     * @param start where a job without a checkpoint begins
     * @param end where it ends, exclusive
     */
    public FrameSource recordedFrames(String topic, ReadPosition start, ReadPosition end) {
        OffsetGaps gaps = new OffsetGaps();
        return source(
                frames(topic, start.start(topic), OffsetResetStrategy.NONE, null, gaps)
                        .setBounded(end.end(topic)),
                gaps,
                Duration.ZERO);
    }

    /**
     * {@return the frames listed and no others; what lies between them is read and passed over, and
     * what the broker has removed is left out}
     *
     * @param listed frames that the topic has: a reader waits for the last of each partition
     */
    public FrameSource listedFrames(ListedFrames listed) {
        OffsetGaps gaps = new OffsetGaps();
        return source(
                frames(listed.topic(), listed.start(), OffsetResetStrategy.EARLIEST, listed, gaps)
                        .setBounded(listed.end()),
                gaps,
                Duration.ZERO);
    }

    private FrameSource source(
            KafkaSourceBuilder<ReceivedFrame> kafka, OffsetGaps gaps, Duration longestWait) {
        return new FrameSource(kafka.build(), settings, jobName, gaps, longestWait);
    }

    private KafkaSourceBuilder<ReceivedFrame> frames(
            String topic,
            OffsetsInitializer start,
            OffsetResetStrategy whenGone,
            ListedFrames wanted,
            OffsetGaps gaps) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS);
        properties.putAll(settings.clientProperties());
        // A frame of a transaction that was aborted was never sent.
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return KafkaSource.<ReceivedFrame>builder()
                .setProperties(properties)
                .setTopics(topic)
                .setGroupId(settings.groupId())
                .setStartingOffsets(new StartingOffsets(start, whenGone))
                .setDeserializer(new FrameDeserializationSchema(input, wanted, gaps));
    }

    /**
     * {@return a source of all records of the calibration topic; a job without a checkpoint begins
     * with the first}
     *
     * @param topic of one partition
     * @param recorded whether it ends with what is on the topic at the start
     */
    public KafkaSource<CalibrationRecord> calibrations(String topic, boolean recorded) {
        Properties properties = new Properties();
        properties.putAll(settings.clientProperties());
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
        KafkaSourceBuilder<CalibrationRecord> source =
                KafkaSource.<CalibrationRecord>builder()
                        .setProperties(properties)
                        .setTopics(topic)
                        .setGroupId(settings.groupId())
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setDeserializer(new CalibrationDeserializationSchema());
        return (recorded ? source.setBounded(OffsetsInitializer.latest()) : source).build();
    }

    /**
     * {@return a sink of results to the depth topic}
     *
     * @param topic the depth topic
     * @param sink guarantee and names of the sink
     */
    public Sink<EncodedResult> results(String topic, SinkSettings sink) {
        return sink("depth", new ResultSerializationSchema(topic), sink, sink.maxResultBytes());
    }

    /**
     * {@return a sink of rejections to the rejected topic}
     *
     * @param topic the rejected topic
     * @param sink guarantee and names of the sink
     */
    public Sink<FrameRejection> rejections(String topic, SinkSettings sink) {
        return sink(
                "rejected",
                new RejectionSerializationSchema(topic),
                sink,
                sink.maxRejectionBytes());
    }

    private <T> Sink<T> sink(
            String name,
            KafkaRecordSerializationSchema<T> schema,
            SinkSettings sink,
            int maxRecordBytes) {
        Properties properties = ProducerSettings.of(settings, maxRecordBytes);
        KafkaSinkBuilder<T> builder = KafkaSink.builder();
        builder.setRecordSerializer(schema).setDeliveryGuarantee(sink.guarantee());
        boolean transactional = sink.guarantee() == DeliveryGuarantee.EXACTLY_ONCE;
        if (transactional) {
            builder.setTransactionalIdPrefix(sink.transactionalIdPrefix() + "-" + name);
            // The default makes new ids for each checkpoint, which the brokers keep for days.
            builder.setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
            properties.setProperty(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Long.toString(sink.transactionTimeout().toMillis()));
        }
        KafkaSink<T> built = builder.setKafkaProducerConfig(properties).build();
        return transactional ? new TransactionalSink<>(built, properties) : built;
    }
}
