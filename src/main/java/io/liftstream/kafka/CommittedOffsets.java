package io.liftstream.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the consumer group stands. A group that stands nowhere begins at a time given, so that a
 * first start on a full topic does not shed yesterday's frames one by one; a partition that the
 * group has not met yet begins at its beginning.
 */
final class CommittedOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CommittedOffsets.class);

    private final Instant firstStart;

    /**
     * @param firstStart broker time at which a group without offsets begins; null for the beginning
     */
    CommittedOffsets(Instant firstStart) {
        this.firstStart = firstStart;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.committedOffsets(partitions));
        if (offsets.isEmpty()) {
            return firstOffsets(partitions, retriever);
        }
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(offsets.keySet());
        if (!others.isEmpty()) {
            offsets.putAll(retriever.beginningOffsets(others));
        }
        LOG.info("Reading begins at the group's committed offsets: {}", offsets);
        return offsets;
    }

    private Map<TopicPartition, Long> firstOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> beginnings = retriever.beginningOffsets(partitions);
        if (firstStart == null) {
            LOG.info("The group has committed nothing: reading begins at {}", beginnings);
            return beginnings;
        }
        Map<TopicPartition, Long> offsets =
                OffsetsInitializer.timestamp(firstStart.toEpochMilli())
                        .getPartitionOffsets(partitions, retriever);
        long passedOver =
                partitions.stream()
                        .mapToLong(each -> offsets.get(each) - beginnings.get(each))
                        .sum();
        LOG.info(
                "The group has committed nothing: reading begins with the frames that are on the topic"
                        + " since {} (live.max-age before the start), {}; {} older offsets are skipped",
                firstStart,
                offsets,
                passedOver);
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
