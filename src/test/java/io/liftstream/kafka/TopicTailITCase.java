package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.testing.EmbeddedBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Followers of a topic read all of it or say that it is not there. */
class TopicTailITCase {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aTopicThatTheBrokersDoNotKnowYetIsWaitedFor() throws Exception {
        CompletableFuture<Integer> read =
                CompletableFuture.supplyAsync(
                        () -> {
                            try (TopicTail tail = tail("soon")) {
                                tail.seekToBeginning();
                                return tail.poll(Duration.ofMillis(200), gone -> {}).count();
                            }
                        });
        TimeUnit.MILLISECONDS.sleep(500); // The tail has asked for its topic by then.

        broker.createFramesTopic("soon", 2);

        assertThat(read.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whatRetentionRemovedIsToldAndTheRestIsRead() throws Exception {
        broker.createFramesTopic("overtaken", 1);
        TopicPartition partition = new TopicPartition("overtaken", 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        broker.clientSettings(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("overtaken", new byte[] {1})).get();
            }
        }
        List<PartitionRange> removed = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        try (TopicTail tail = tail("overtaken")) {
            tail.seek(Instant.EPOCH);
            broker.removeBefore("overtaken", 7);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (offsets.size() < 3 && System.nanoTime() < deadline) {
                tail.poll(Duration.ofMillis(200), removed::add)
                        .forEach(record -> offsets.add(record.offset()));
            }
        }

        assertThat(removed).containsExactly(new PartitionRange(partition, 0, 7));
        assertThat(offsets).containsExactly(7L, 8L, 9L);
    }

    @Test
    void aTopicThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> tail("never").close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("topic never does not exist");
    }

    private static TopicTail tail(String topic) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "group", Map.of());
        return new TopicTail(kafka, List.of(topic), false);
    }
}
