package io.liftstream.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins, and apart from that what happens when an offset is no longer there. Flink's
 * initializers tie the two together: a job that was told to begin at the latest would skip all that
 * is on the topic when the broker has removed what it wants next.
 */
final class StartingOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final OffsetsInitializer start;
    private final OffsetResetStrategy whenGone;

    /**
     * @param start where reading begins
     * @param whenGone EARLIEST, to go on with what is left, or NONE, to fail
     */
    StartingOffsets(OffsetsInitializer start, OffsetResetStrategy whenGone) {
        this.start = start;
        this.whenGone = whenGone;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return start.getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return whenGone;
    }
}
