package io.liftstream.cli.bench;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One run over the backlog: a frame is read when a consumer hands it out, and done when the broker
 * has acknowledged its result.
 *
 * @param depthTopic takes its results, and nothing else
 * @param rejectedTopic takes its rejections
 * @param meter counts its frames
 */
record BenchRun(String depthTopic, String rejectedTopic, Meter meter) implements RecordListener {

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            bytes += record.serializedValueSize();
        }
        meter.read(bytes);
    }

    @Override
    public void sent(ProducerRecord<byte[], byte[]> record) {
        // Counted once the broker has it.
    }

    @Override
    public void acknowledged(RecordMetadata record) {
        if (record.topic().equals(depthTopic)) {
            meter.done(record.serializedValueSize());
        } else {
            meter.rejected();
        }
    }
}
