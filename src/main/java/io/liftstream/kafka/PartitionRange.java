package io.liftstream.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * A stretch of one partition.
 *
 * @param partition of which topic, and its number
 * @param start first offset
 * @param end offset after the last; at least start
 */
public record PartitionRange(TopicPartition partition, long start, long end) {

    /**
     * {@return the number of offsets in the stretch: that of records, unless the broker has removed
     * some}
     */
    public long length() {
        return end - start;
    }
}
