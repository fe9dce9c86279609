package io.liftstream.kafka;

import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.Provenance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a calibration topic up to its end whenever it is asked to; belongs to no consumer group.
 */
final class CalibrationReader implements CalibrationFeed {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long lastEnd;

    /**
     * @param topic of one partition, which exists
     * @param lastEnd where reading ends for good, exclusive
     */
    CalibrationReader(KafkaSettings settings, String topic, long lastEnd) {
        this.partition = new TopicPartition(topic, 0);
        this.lastEnd = lastEnd;
        Properties properties = new Properties();
        properties.putAll(settings.clientProperties());
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // As the source of the same topic, and as a reader that begins now: with what is left.
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // A fetch that waits at the broker would keep the next question for the end waiting too.
        properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "0");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** The offset behind the last record that is committed. */
    long endOffset() {
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    @Override
    public void readOn(Consumer<CalibrationRecord> receiver) {
        long position = consumer.position(partition);
        if (position >= lastEnd) {
            return;
        }
        long end = Math.min(lastEnd, endOffset());
        long lastNews = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < lastEnd) {
                    receiver.accept(recordOf(record));
                }
            }
            long now = consumer.position(partition);
            if (now > position) {
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > TIMEOUT.toNanos()) {
                throw new IllegalStateException(
                        "the broker sent nothing of topic "
                                + partition.topic()
                                + " for "
                                + TIMEOUT.toSeconds()
                                + " s, at offset "
                                + now
                                + " of "
                                + end);
            }
            position = now;
        }
    }

    /** As the source of the same topic has it. */
    static CalibrationRecord recordOf(ConsumerRecord<byte[], byte[]> record) {
        return new CalibrationRecord(
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                record.value() == null ? new byte[0] : record.value(),
                new Provenance(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.timestampType() == TimestampType.LOG_APPEND_TIME));
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(2));
    }
}
