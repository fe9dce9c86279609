package io.liftstream.cli.bench;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches the records of a contender's own clients. Kafka makes these objects by the name of their
 * class, so the listener that they tell is the process's.
 */
public final class RecordWatch
        implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {

    private static volatile RecordListener current;

    /** What all clients of this process tell from now on. */
    static void tell(RecordListener listener) {
        current = listener;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        current.read(records);
        return records;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        current.sent(record);
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
        if (failure == null) { // Where there is one the sender fails too, and says so.
            current.acknowledged(metadata);
        }
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing is counted by commits.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing can be set.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
