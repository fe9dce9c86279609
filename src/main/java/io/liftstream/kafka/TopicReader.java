package io.liftstream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads topics outside the job, committed records only; belongs to no consumer group's progress.
 * What retention removes before it is read is told to the caller, and never passed over in silence.
 * Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final KafkaSettings settings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * Connects to topics that exist; {@link #close} disconnects.
     *
     * @param settings of the Kafka cluster
     * @param topics names
     */
    public TopicReader(KafkaSettings settings, List<String> topics) {
        this(settings, topics, new ByteArrayDeserializer());
    }

    private TopicReader(KafkaSettings settings, List<String> topics, Deserializer<byte[]> values) {
        this.settings = settings;
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "4");
        properties.putAll(settings.clientProperties());
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Kafka's default goes to the end of a partition whose wanted offset is gone.
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), values);
        partitions =
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .sorted(
                                Comparator.comparing(TopicPartition::topic)
                                        .thenComparing(TopicPartition::partition))
                        .toList();
    }

    /**
     * {@return a reader that leaves values where they are, unless a record's headers do not say all
     * about the frames that it stands for} The broker sends whole batches, and the client takes
     * them as they are; but nothing is copied or parsed, and a value that was left is null.
     *
     * @param settings of the Kafka cluster
     * @param topics names
     */
    public static TopicReader ofHeaders(KafkaSettings settings, List<String> topics) {
        return new TopicReader(settings, topics, new ValuesIfNeeded());
    }

    /** Goes to the beginning of every topic, for {@link #poll}. */
    public void seekToBeginning() {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * {@return the records that come within the time given}
     *
     * @param wait the longest time to wait
     * @throws IllegalStateException where what comes next is no longer on the topic
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration wait) {
        try {
            return consumer.poll(wait);
        } catch (OffsetOutOfRangeException e) {
            throw new IllegalStateException(RemovedOffsets.describe(settings, e));
        }
    }

    /**
     * {@return what lies between two positions now, by partition; what the broker no longer has is
     * left out}
     *
     * @param from where the stretches begin
     * @param to where they end, exclusive
     */
    public List<PartitionRange> ranges(ReadPosition from, ReadPosition to) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = offsets(from, first, first, last);
        Map<TopicPartition, Long> ends = offsets(to, last, first, last);
        List<PartitionRange> ranges = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long start = Math.max(starts.get(partition), first.get(partition));
            long end = Math.min(ends.get(partition), last.get(partition));
            ranges.add(new PartitionRange(partition, start, Math.max(start, end)));
        }
        return ranges;
    }

    /** By partition; one that a position does not name is where {@code unnamed} says. */
    private Map<TopicPartition, Long> offsets(
            ReadPosition position,
            Map<TopicPartition, Long> unnamed,
            Map<TopicPartition, Long> first,
            Map<TopicPartition, Long> last) {
        return switch (position.text()) {
            case "earliest" -> first;
            case "latest" -> last;
            case "committed" -> committed(first);
            default ->
                    position.offsets().isEmpty()
                            ? atTime(Instant.parse(position.text()), last)
                            : named(position, unnamed);
        };
    }

    private Map<TopicPartition, Long> named(
            ReadPosition position, Map<TopicPartition, Long> unnamed) {
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                partition -> partition,
                                partition ->
                                        position.offsets()
                                                .getOrDefault(
                                                        partition.partition(),
                                                        unnamed.get(partition))));
    }

    private Map<TopicPartition, Long> committed(Map<TopicPartition, Long> first) {
        Map<TopicPartition, OffsetAndMetadata> found = consumer.committed(Set.copyOf(partitions));
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                partition -> partition,
                                partition ->
                                        found.get(partition) == null
                                                ? first.get(partition)
                                                : found.get(partition).offset()));
    }

    private Map<TopicPartition, Long> atTime(Instant time, Map<TopicPartition, Long> last) {
        Map<TopicPartition, Long> asked =
                partitions.stream()
                        .collect(
                                Collectors.toMap(
                                        partition -> partition, partition -> time.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                partition -> partition,
                                partition ->
                                        found.get(partition) == null
                                                ? last.get(partition)
                                                : found.get(partition).offset()));
    }

    /**
     * Reads stretches to their ends.
     *
     * @param ranges stretches of partitions
     * @param receiver gets every record
     * @param removed gets what retention removed before it was read; reading goes on behind it
     * @throws IllegalStateException where the broker sends nothing for a minute, or a topic ends
     *     before what is read next, as one that was deleted and created again does
     * @throws Exception what the receiver throws
     */
    public void read(
            List<PartitionRange> ranges, Receiver receiver, Consumer<PartitionRange> removed)
            throws Exception {
        List<PartitionRange> wanted = ranges.stream().filter(range -> range.length() > 0).toList();
        assign(wanted, PartitionRange::start);
        Map<TopicPartition, Long> ends =
                wanted.stream()
                        .collect(Collectors.toMap(PartitionRange::partition, PartitionRange::end));
        long total = wanted.stream().mapToLong(PartitionRange::length).sum();
        long passed = 0;
        long lastNews = System.nanoTime();
        while (passed < total) {
            for (ConsumerRecord<byte[], byte[]> record : poll(ends, removed)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    receiver.record(record);
                }
            }
            long now = passed(wanted);
            if (now > passed) {
                lastNews = System.nanoTime();
                receiver.passed(now);
            } else if (System.nanoTime() - lastNews > TIMEOUT.toNanos()) {
                throw new IllegalStateException(
                        "the broker sent nothing for "
                                + TIMEOUT.toSeconds()
                                + " s, at "
                                + now
                                + " of "
                                + total
                                + " offsets");
            }
            passed = now;
        }
    }

    /** The next records; none where they are gone, and the next call reads behind them. */
    private ConsumerRecords<byte[], byte[]> poll(
            Map<TopicPartition, Long> ends, Consumer<PartitionRange> removed) {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            Map<TopicPartition, Long> wanted = e.offsetOutOfRangePartitions();
            Map<TopicPartition, Long> left = consumer.beginningOffsets(wanted.keySet());
            if (wanted.keySet().stream().anyMatch(one -> wanted.get(one) >= left.get(one))) {
                throw new IllegalStateException(RemovedOffsets.describe(settings, e));
            }
            wanted.forEach(
                    (partition, offset) -> {
                        long next = Math.min(left.get(partition), ends.get(partition));
                        consumer.seek(partition, next);
                        removed.accept(new PartitionRange(partition, offset, next));
                    });
            return ConsumerRecords.empty();
        }
    }

    /** A partition that was read before may still be paused. */
    private void assign(List<PartitionRange> ranges, ToLongFunction<PartitionRange> position) {
        List<TopicPartition> assigned = ranges.stream().map(PartitionRange::partition).toList();
        consumer.assign(assigned);
        consumer.resume(assigned);
        ranges.forEach(range -> consumer.seek(range.partition(), position.applyAsLong(range)));
    }

    /**
     * Reads what comes behind stretches.
     *
     * @param ranges stretches of partitions
     * @param receiver gets every record
     * @param removed gets what retention removed before it was read; reading goes on behind it
     * @param end asked at least twice a second whether to return
     * @throws IllegalStateException where a topic ends before what is read next
     * @throws Exception what the receiver throws
     */
    public void follow(
            List<PartitionRange> ranges,
            Receiver receiver,
            Consumer<PartitionRange> removed,
            BooleanSupplier end)
            throws Exception {
        assign(ranges, PartitionRange::end);
        Map<TopicPartition, Long> endless =
                ranges.stream()
                        .collect(
                                Collectors.toMap(
                                        PartitionRange::partition, range -> Long.MAX_VALUE));
        while (!end.getAsBoolean()) {
            ConsumerRecords<byte[], byte[]> records = poll(endless, removed);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                receiver.record(record);
            }
            if (records.isEmpty()) {
                receiver.waiting();
            }
        }
    }

    /** Transaction markers are offsets without a record, so positions are counted. */
    private long passed(List<PartitionRange> wanted) {
        long sum = 0;
        for (PartitionRange range : wanted) {
            long position = Math.min(consumer.position(range.partition()), range.end());
            sum += position - range.start();
            if (position == range.end()) {
                consumer.pause(List.of(range.partition()));
            }
        }
        return sum;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Takes what is read. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * A record; each partition's come in order.
         *
         * @param record as the broker has it
         * @throws Exception what ends the reading
         */
        void record(ConsumerRecord<byte[], byte[]> record) throws Exception;

        /**
         * So many offsets are behind the reader, of all stretches together.
         *
         * @param offsets how many
         */
        default void passed(long offsets) {}

        /**
         * Nothing came for half a second; called by {@link #follow} alone.
         *
         * @throws Exception what ends the reading
         */
        default void waiting() throws Exception {}
    }
}
