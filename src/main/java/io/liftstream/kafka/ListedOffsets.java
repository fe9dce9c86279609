package io.liftstream.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets as listed, and one end of the topic for partitions that are not. Flink's own initializers
 * would take what the consumer group has committed for those, so that a second replay would read
 * other frames than the first; and they leave the ends of a topic to the readers, which ask for
 * them again after each recovery.
 */
final class ListedOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final HashMap<TopicPartition, Long> listed;
    private final OffsetResetStrategy otherwise;

    /**
     * @param listed offset by partition
     * @param otherwise EARLIEST or LATEST, for the partitions that are not listed
     */
    ListedOffsets(Map<TopicPartition, Long> listed, OffsetResetStrategy otherwise) {
        this.listed = new HashMap<>(listed);
        this.otherwise = otherwise;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(listed);
        offsets.keySet().retainAll(Set.copyOf(partitions));
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(listed.keySet());
        if (!others.isEmpty()) {
            offsets.putAll(
                    otherwise == OffsetResetStrategy.EARLIEST
                            ? retriever.beginningOffsets(others)
                            : retriever.endOffsets(others));
        }
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return otherwise;
    }
}
