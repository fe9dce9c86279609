package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.testing.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A reader that retention overtakes reads what is left, and says what is not. */
class TopicReaderITCase {
    private static final ReadPosition EARLIEST = ReadPosition.parse("earliest");
    private static final ReadPosition LATEST = ReadPosition.parse("latest");

    private static EmbeddedBroker broker;

    private final List<Long> offsets = new ArrayList<>();
    private final List<PartitionRange> removed = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void whatRetentionRemovedIsToldAndTheRestIsRead() throws Exception {
        TopicPartition partition = topic("overtaken", 10);
        try (TopicReader reader = reader(partition)) {
            List<PartitionRange> ranges = reader.ranges(EARLIEST, LATEST);
            broker.removeBefore(partition.topic(), 4);

            reader.read(ranges, record -> offsets.add(record.offset()), removed::add);
        }

        assertThat(removed).containsExactly(new PartitionRange(partition, 0, 4));
        assertThat(offsets).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void aStretchThatIsGoneIsToldUpToItsEnd() throws Exception {
        TopicPartition partition = topic("gone", 10);
        broker.removeBefore(partition.topic(), 8);
        try (TopicReader reader = reader(partition)) {
            reader.read(
                    List.of(new PartitionRange(partition, 1, 6)),
                    record -> offsets.add(record.offset()),
                    removed::add);
        }

        assertThat(removed).containsExactly(new PartitionRange(partition, 1, 6));
        assertThat(offsets).isEmpty();
    }

    @Test
    void aFollowerGoesOnBehindWhatRetentionRemoved() throws Exception {
        TopicPartition partition = topic("followed", 10);
        broker.removeBefore(partition.topic(), 7);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (TopicReader reader = reader(partition)) {
            reader.follow(
                    List.of(new PartitionRange(partition, 0, 2)),
                    record -> offsets.add(record.offset()),
                    removed::add,
                    () -> offsets.size() == 3 || System.nanoTime() > deadline);
        }

        assertThat(removed).containsExactly(new PartitionRange(partition, 2, 7));
        assertThat(offsets).containsExactly(7L, 8L, 9L);
    }

    @Test
    void aTopicThatEndsBeforeWhatIsReadNextIsSaidToBeAnother() throws Exception {
        TopicPartition partition = topic("another", 10);
        try (TopicReader reader = reader(partition)) {
            List<PartitionRange> ranges = List.of(new PartitionRange(partition, 20, 30));

            assertThatThrownBy(() -> reader.read(ranges, record -> {}, removed::add))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("offset 20 does not exist")
                    .hasMessageContaining("deleted and created again");
        }
        assertThat(removed).isEmpty();
    }

    @Test
    void aPollOfWhatIsGoneNamesIt() throws Exception {
        TopicPartition partition = topic("polled", 10);
        try (TopicReader reader = reader(partition)) {
            PartitionRange atTheBeginning = new PartitionRange(partition, 0, 0);
            reader.follow(List.of(atTheBeginning), record -> {}, removed::add, () -> true);
            broker.removeBefore(partition.topic(), 9);

            assertThatThrownBy(() -> pollAll(reader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("offsets 0 to 8 are gone");
        }
    }

    private static void pollAll(TopicReader reader) {
        for (int i = 0; i < 20; i++) {
            reader.poll(Duration.ofMillis(500));
        }
    }

    private static TopicReader reader(TopicPartition partition) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "group", Map.of());
        return new TopicReader(kafka, List.of(partition.topic()));
    }

    private static TopicPartition topic(String name, int records) throws Exception {
        broker.createFramesTopic(name, 1);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(name, new byte[] {1})).get();
            }
        }
        return new TopicPartition(name, 0);
    }
}
