package io.liftstream.cli.audit;

import io.liftstream.kafka.PartitionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Offsets in rising order by partition, joined where one follows another. Not thread-safe. */
final class Stretches {
    private final Map<TopicPartition, List<PartitionRange>> byPartition =
            new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));

    /** Adds an offset above all that its partition has. */
    void add(TopicPartition partition, long offset) {
        List<PartitionRange> own =
                byPartition.computeIfAbsent(partition, added -> new ArrayList<>());
        long start = offset;
        if (!own.isEmpty() && own.get(own.size() - 1).end() == offset) {
            start = own.remove(own.size() - 1).start();
        }
        own.add(new PartitionRange(partition, start, offset + 1));
    }

    /** {@return all of them, by partition and offset} */
    List<PartitionRange> all() {
        return byPartition.values().stream().flatMap(List::stream).toList();
    }
}
