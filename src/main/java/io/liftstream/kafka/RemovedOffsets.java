package io.liftstream.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Says in words which offsets are no longer on a topic. */
final class RemovedOffsets {
    private RemovedOffsets() {}

    static String describe(KafkaSettings settings, OffsetOutOfRangeException gone) {
        Map<TopicPartition, Long> wanted = gone.offsetOutOfRangePartitions();
        Map<TopicPartition, PartitionRange> left = left(settings, wanted);
        return wanted.entrySet().stream()
                .map(entry -> sentence(entry.getKey(), entry.getValue(), left.get(entry.getKey())))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static Map<TopicPartition, PartitionRange> left(
            KafkaSettings settings, Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, PartitionRange> left = new HashMap<>();
        List<String> topics =
                wanted.keySet().stream().map(TopicPartition::topic).distinct().toList();
        try (TopicReader reader = new TopicReader(settings, topics)) {
            reader.ranges(ReadPosition.parse("earliest"), ReadPosition.parse("latest"))
                    .forEach(range -> left.put(range.partition(), range));
        } catch (KafkaException e) {
            // The offsets that are missing are worth more than what is there instead.
            return Map.of();
        }
        return left;
    }

    private static String sentence(TopicPartition partition, long offset, PartitionRange left) {
        String place = "partition " + partition.partition() + " of topic " + partition.topic();
        if (left == null) {
            return "offset " + offset + " of " + place + " is no longer there";
        }
        String remains =
                left.length() == 0
                        ? place + " holds no record"
                        : place + " holds offsets " + left.start() + " to " + (left.end() - 1);
        return offset < left.start()
                ? "offsets "
                        + offset
                        + " to "
                        + (left.start() - 1)
                        + " are gone: "
                        + remains
                        + ", as its retention passed the reader; replay from there, or with a longer"
                        + " retention.ms"
                : "offset "
                        + offset
                        + " does not exist: "
                        + remains
                        + ", so the topic was deleted and created again since";
    }
}
