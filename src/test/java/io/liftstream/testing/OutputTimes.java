package io.liftstream.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When a job sent its results, by the broker's records. */
public final class OutputTimes {
    private static final Duration POLL = Duration.ofSeconds(10);

    private final long[] sentMillis;

    private OutputTimes(long[] sentMillis) {
        this.sentMillis = sentMillis;
    }

    /**
     * Reads the times of a job that has ended.
     *
     * @throws AssertionError where it wrote another number of results, or rejected a frame
     */
    public static OutputTimes of(EmbeddedBroker broker, JobTopics topics, int results) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        properties.setProperty("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(topics.depth(), topics.rejected())) {
                consumer.partitionsFor(topic)
                        .forEach(at -> partitions.add(new TopicPartition(topic, at.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long[] sent = new long[results];
            int read = 0;
            for (var records = consumer.poll(POLL); !records.isEmpty(); ) {
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (!record.topic().equals(topics.depth()) || read == results) {
                        throw new AssertionError(
                                "unexpected " + record.topic() + "/" + record.offset());
                    }
                    sent[read++] = record.timestamp();
                }
                records = consumer.poll(read == results ? Duration.ofSeconds(1) : POLL);
            }
            if (read != results) {
                throw new AssertionError(read + " results instead of " + results);
            }
            Arrays.sort(sent);
            return new OutputTimes(sent);
        }
    }

    /** Results a second between two parts of all, each from 0 to 1. */
    public double ratePerSecond(double from, double to) {
        int first = (int) (from * (sentMillis.length - 1));
        int last = (int) (to * (sentMillis.length - 1));
        return (last - first) * 1e3 / Math.max(1, sentMillis[last] - sentMillis[first]);
    }
}
