package io.liftstream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows topics from an instant or their ends on, without an end; belongs to no consumer group.
 * Not thread-safe, but for {@link #wakeup}.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * Connects to topics that exist; {@link #close} disconnects.
     *
     * @param settings of the Kafka cluster
     * @param topics names
     * @param committedOnly whether records of open and aborted transactions are left out
     * @throws IllegalStateException where a topic does not exist
     */
    public TopicTail(KafkaSettings settings, List<String> topics, boolean committedOnly) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(16 << 20));
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "16");
        properties.putAll(settings.clientProperties());
        properties.setProperty(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                committedOnly ? "read_committed" : "read_uncommitted");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (String topic : topics) {
            for (PartitionInfo partition : partitionsOf(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        consumer.assign(partitions);
    }

    /** A topic that was created a moment ago is not known to every broker yet. */
    private List<PartitionInfo> partitionsOf(String topic) {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        while (found.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                consumer.close();
                throw new IllegalStateException("topic " + topic + " does not exist");
            }
            LockSupport.parkNanos(RETRY.toNanos());
            found = consumer.partitionsFor(topic);
        }
        return found;
    }

    /** Goes to the ends of the topics. */
    public void seekToEnd() {
        consumer.seekToEnd(partitions);
        // Asked for at once: else what is written before the first poll would be left out.
        partitions.forEach(consumer::position);
    }

    /** Goes to the beginnings of the topics. */
    public void seekToBeginning() {
        consumer.seekToBeginning(partitions);
    }

    /**
     * Goes to the first record of each partition that is not older than a time.
     *
     * @param time by the records' Kafka timestamps
     */
    public void seek(Instant time) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, time.toEpochMilli()));
        // First: what is written between the two questions comes after these ends.
        seekToEnd();
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(asked).entrySet()) {
            if (found.getValue() != null) {
                consumer.seek(found.getKey(), found.getValue().offset());
            }
        }
    }

    /**
     * {@return the records that come within the time given; a partition's come in order}
     *
     * @param wait the longest time to wait
     * @param removed gets what retention removed before it was read; reading goes on behind it
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration wait, Consumer<PartitionRange> removed) {
        try {
            return consumer.poll(wait);
        } catch (OffsetOutOfRangeException e) {
            Map<TopicPartition, Long> wanted = e.offsetOutOfRangePartitions();
            // A topic that was deleted and created again ends before: it is read from its
            // beginning.
            consumer.beginningOffsets(wanted.keySet())
                    .forEach((partition, left) -> readOn(partition, wanted, left, removed));
            return ConsumerRecords.empty();
        }
    }

    private void readOn(
            TopicPartition partition,
            Map<TopicPartition, Long> wanted,
            long left,
            Consumer<PartitionRange> removed) {
        consumer.seek(partition, left);
        if (wanted.get(partition) < left) {
            removed.accept(new PartitionRange(partition, wanted.get(partition), left));
        }
    }

    /**
     * Fetches nothing from these partitions until further notice, and from all others again.
     *
     * @param full some of the topics' partitions
     */
    public void fetchAllBut(Collection<TopicPartition> full) {
        consumer.resume(partitions);
        consumer.pause(full);
    }

    /**
     * Goes to the end of every partition of a topic that is too far behind.
     *
     * @param topic one of the topics
     * @param maxBehind records that may be between here and the end
     * @return how many records were passed over
     */
    public long skipWhereBehind(String topic, long maxBehind) {
        long skipped = 0;
        for (TopicPartition partition : partitions) {
            OptionalLong lag = consumer.currentLag(partition);
            boolean own = partition.topic().equals(topic);
            if (own && lag.isPresent() && lag.getAsLong() > maxBehind) {
                consumer.seekToEnd(List.of(partition));
                skipped += lag.getAsLong();
            }
        }
        return skipped;
    }

    /** Ends a {@link #poll} that waits, with Kafka's WakeupException. From any thread. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(2));
    }
}
