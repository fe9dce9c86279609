package io.liftstream.cli.bench;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Is told what a contender's own Kafka clients read and write. Called by several threads. */
interface RecordListener {

    /** A consumer hands these records out. */
    void read(ConsumerRecords<byte[], byte[]> records);

    /** A producer is given this record. */
    void sent(ProducerRecord<byte[], byte[]> record);

    /** The broker has a record. */
    void acknowledged(RecordMetadata record);
}
