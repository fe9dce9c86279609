package io.liftstream.frame;

/**
 * Where a frame was read; names the frame for ever, whatever its content.
 *
 * @param topic the frames topic
 * @param partition partition of the topic
 * @param offset offset in the partition
 * @param brokerTimeMillis the record's Kafka timestamp, milliseconds since 1970
 * @param stampedByBroker whether the timestamp is the broker's, from when the record was appended
 *     (LogAppendTime); otherwise it is the producer's word (CreateTime)
 */
public record Provenance(
        String topic, int partition, long offset, long brokerTimeMillis, boolean stampedByBroker) {

    /**
     * Where a record was read that the broker stamped.
     *
     * @param topic the frames topic
     * @param partition partition of the topic
     * @param offset offset in the partition
     * @param brokerTimeMillis the broker's clock when the record was appended, milliseconds since
     *     1970; 0 where it is not known
     */
    public Provenance(String topic, int partition, long offset, long brokerTimeMillis) {
        this(topic, partition, offset, brokerTimeMillis, true);
    }

    /**
     * {@return the same place but for its offset}
     *
     * @param other another offset in the partition
     */
    public Provenance withOffset(long other) {
        return new Provenance(topic, partition, other, brokerTimeMillis, stampedByBroker);
    }
}
