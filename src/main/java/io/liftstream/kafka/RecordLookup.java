package io.liftstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads single records of a topic by their place. Safe for several threads, one at a time. */
public final class RecordLookup implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A record is wanted, and as little as possible of what follows it. */
    private static final String FEW_BYTES = Integer.toString(64 << 10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    /**
     * Connects; {@link #close} disconnects.
     *
     * @param settings of the Kafka cluster
     * @param topic name
     */
    public RecordLookup(KafkaSettings settings, String topic) {
        Properties properties = new Properties();
        properties.putAll(settings.clientProperties());
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FEW_BYTES);
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** {@return the topic's name} */
    public String topic() {
        return topic;
    }

    /**
     * {@return the value of a record; empty where the broker no longer has it, or does not send it
     * within two seconds}
     *
     * @param partition of the topic
     * @param offset in the partition
     */
    public synchronized Optional<byte[]> value(int partition, long offset) {
        TopicPartition place = new TopicPartition(topic, partition);
        consumer.assign(List.of(place));
        consumer.seek(place, offset);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TIMEOUT)) {
                    return record.offset() == offset
                            ? Optional.ofNullable(record.value())
                            : Optional.empty();
                }
            }
        } catch (OffsetOutOfRangeException e) {
            // Retention has removed it.
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
