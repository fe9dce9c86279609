package io.liftstream.kafka;

import io.liftstream.frame.Provenance;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final TreeMap<Integer, long[]> offsets;

    private ListedFrames(String topic, TreeMap<Integer, long[]> offsets) {
        this.topic = topic;
        this.offsets = offsets;
    }

    /** Those of the frames that were read from the topic. */
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

    /** Those that lie within the ranges, which are of this topic. */
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

    /** The topic of all of them. */
    public String topic() {
        return topic;
    }

    /** How many there are. */
    public long count() {
        return offsets.values().stream().mapToLong(own -> own.length).sum();
    }

    /** How many there are in a partition. */
    public int count(int partition) {
        return offsetsOf(partition).length;
    }

    /** Whether a frame of this topic is among them. */
    public boolean contains(int partition, long offset) {
        return Arrays.binarySearch(offsetsOf(partition), offset) >= 0;
    }

    private long[] offsetsOf(int partition) {
        return offsets.getOrDefault(partition, new long[0]);
    }

    /** What must be read to meet all of them: by partition, from the first to the last. */
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
