package io.liftstream.cli.bench;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the records of a contender's own clients: read when a consumer hands them out, done when
 * the broker has acknowledged them. Kafka makes these objects by the name of their class, so the
 * run that they count for is the process's.
 */
public final class RecordWatch
        implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {

    private static volatile BenchRun current;

    /** What all clients of this process count for from now on. */
    static void watch(BenchRun run) {
        current = run;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            bytes += record.serializedValueSize();
        }
        current.meter().read(bytes);
        return records;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
        if (failure != null) {
            return; // The sender fails too, and says so.
        }
        if (metadata.topic().equals(current.depthTopic())) {
            current.meter().done(metadata.serializedValueSize());
        } else {
            current.meter().rejected();
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
