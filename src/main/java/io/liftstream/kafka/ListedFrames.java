package io.liftstream.kafka;

import io.liftstream.frame.Provenance;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Frames of one topic that are named one by one, for a job that lifts these and no others. Each is
 * there once, whatever the order in which they were named. Immutable.
 */
public final class ListedFrames implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String topic;

    /** Rising offsets by partition; no partition is there without one. */
    private final NavigableMap<Integer, long[]> offsets;

    private ListedFrames(String topic, NavigableMap<Integer, long[]> offsets) {
        this.topic = topic;
        this.offsets = offsets;
    }

    /**
     * {@return those of the frames that were read from the topic}
     *
     * @param topic a frames topic
     * @param frames where frames were read, of any topic
     */
    public static ListedFrames of(String topic, Collection<Provenance> frames) {
        Map<Integer, List<Provenance>> byPartition =
                frames.stream()
                        .filter(frame -> frame.topic().equals(topic))
                        .collect(Collectors.groupingBy(Provenance::partition));
        TreeMap<Integer, long[]> offsets = new TreeMap<>();
        byPartition.forEach(
                (partition, own) ->
                        offsets.put(
                                partition,
                                own.stream()
                                        .mapToLong(Provenance::offset)
                                        .sorted()
                                        .distinct()
                                        .toArray()));
        return new ListedFrames(topic, offsets);
    }

    /**
     * {@return those that lie within the ranges}
     *
     * @param ranges of this topic
     */
    public ListedFrames within(List<PartitionRange> ranges) {
        TreeMap<Integer, long[]> inside = new TreeMap<>();
        for (PartitionRange range : ranges) {
            LongPredicate covered = offset -> offset >= range.start() && offset < range.end();
            long[] own =
                    Arrays.stream(offsetsOf(range.partition().partition()))
                            .filter(covered)
                            .toArray();
            if (own.length > 0) {
                inside.put(range.partition().partition(), own);
            }
        }
        return new ListedFrames(topic, inside);
    }

    /** {@return the topic of all of them} */
    public String topic() {
        return topic;
    }

    /** {@return how many there are} */
    public long count() {
        return offsets.values().stream().mapToLong(own -> own.length).sum();
    }

    /**
     * {@return how many there are in a partition}
     *
     * @param partition of this topic
     */
    public int count(int partition) {
        return offsetsOf(partition).length;
    }

    /**
     * {@return whether a frame is among them}
     *
     * @param partition of this topic
     * @param offset in the partition
     */
    public boolean contains(int partition, long offset) {
        return Arrays.binarySearch(offsetsOf(partition), offset) >= 0;
    }

    private long[] offsetsOf(int partition) {
        return offsets.getOrDefault(partition, new long[0]);
    }

    /** {@return what must be read to meet all of them: by partition, from the first to the last} */
    public List<PartitionRange> ranges() {
        return offsets.entrySet().stream()
                .map(
                        entry ->
                                new PartitionRange(
                                        new TopicPartition(topic, entry.getKey()),
                                        entry.getValue()[0],
                                        entry.getValue()[entry.getValue().length - 1] + 1))
                .toList();
    }

    /** Where a reader starts: at the first of each partition; without one, at its end below. */
    OffsetsInitializer start() {
        Map<TopicPartition, Long> first = new HashMap<>();
        ranges().forEach(range -> first.put(range.partition(), range.start()));
        return new ListedOffsets(first, OffsetResetStrategy.EARLIEST);
    }

    /** Where a reader stops: after the last of each partition; without one, at the beginning. */
    OffsetsInitializer end() {
        Map<TopicPartition, Long> afterLast = new HashMap<>();
        ranges().forEach(range -> afterLast.put(range.partition(), range.end()));
        return new ListedOffsets(afterLast, OffsetResetStrategy.EARLIEST);
    }
}
