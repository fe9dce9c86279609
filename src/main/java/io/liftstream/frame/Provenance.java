package io.liftstream.frame;

/**
 * Where a frame was read; names the frame for ever, whatever its content.
 *
 * @param topic the frames topic
 * @param partition partition of the topic
 * @param offset offset in the partition
 * @param brokerTimeMillis the record's Kafka timestamp, milliseconds since 1970: with LogAppendTime
 *     the broker's clock when it was appended
 */
public record Provenance(String topic, int partition, long offset, long brokerTimeMillis) {

    /**
     * {@return the same place but for its offset}
     *
     * @param other another offset in the partition
     */
    public Provenance withOffset(long other) {
        return new Provenance(topic, partition, other, brokerTimeMillis);
    }
}
