package io.liftstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** When a job sent its results, by the broker's records. */
public final class OutputTimes {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final long[] sentMillis;

    private OutputTimes(long[] sentMillis) {
        this.sentMillis = sentMillis;
    }

    /**
     * Reads the times of a job that has ended.
     *
     * @throws AssertionError where it wrote another number of results, or one twice, or rejected a
     *     frame
     */
    public static OutputTimes of(EmbeddedBroker broker, JobTopics topics, int results) {
        try (KafkaConsumer<byte[], byte[]> consumer = broker.committedConsumer()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(topics.depth(), topics.rejected())) {
                consumer.partitionsFor(topic)
                        .forEach(at -> partitions.add(new TopicPartition(topic, at.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<String, Long> sentById = new HashMap<>();
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            boolean complete = false;
            while (!complete && System.nanoTime() < deadline) {
                // One more poll after the last, for what should not be there.
                complete = sentById.size() >= results;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    assertThat(record.topic()).isEqualTo(topics.depth());
                    byte[] id = record.headers().lastHeader("ce_id").value();
                    assertThat(
                                    sentById.put(
                                            new String(id, StandardCharsets.UTF_8),
                                            record.timestamp()))
                            .as("sent twice")
                            .isNull();
                }
            }
            assertThat(sentById).hasSize(results);
            return new OutputTimes(
                    sentById.values().stream().mapToLong(Long::longValue).sorted().toArray());
        }
    }

    /** Results a second between two parts of all, each from 0 to 1. */
    public double ratePerSecond(double from, double to) {
        int first = (int) (from * (sentMillis.length - 1));
        int last = (int) (to * (sentMillis.length - 1));
        return (last - first) * 1e3 / Math.max(1, sentMillis[last] - sentMillis[first]);
    }
}
