package io.liftstream.cli.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.FrameRejection;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.RejectedFrames;
import io.liftstream.wire.ResultDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the depth and the rejected topic from their beginning. Not thread-safe. */
final class OutcomeReader implements AutoCloseable {

    /** Takes what was read. */
    interface Receiver {
        /** A result, and the wall clock when the job sent it, milliseconds. */
        void result(ReadResult result, long sentMillis);

        /** A rejection. */
        void rejection(FrameRejection rejection);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final DemoTopics topics;

    OutcomeReader(String bootstrapServers, DemoTopics topics) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        properties.setProperty("isolation.level", "read_committed");
        properties.setProperty("fetch.max.bytes", Integer.toString(8 << 20));
        properties.setProperty("max.poll.records", "4");
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topics = topics;
        List<TopicPartition> partitions =
                List.of(topics.depth(), topics.rejected()).stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands over what comes within the time given. */
    void poll(Duration wait, Receiver receiver) throws InvalidProtocolBufferException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (record.topic().equals(topics.depth())) {
                receiver.result(ResultDecoder.decode(record.value()), record.timestamp());
            } else {
                receiver.rejection(RejectedFrames.decode(record.value()));
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
