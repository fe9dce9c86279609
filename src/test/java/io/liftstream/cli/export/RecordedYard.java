package io.liftstream.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.mcap.McapMessage;
import io.liftstream.mcap.McapMessages;
import io.liftstream.mcap.McapReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A recording that was lifted: on topic {@value #RESULTS} three results of yard-1, one each tenth
 * of a second, and beside it the rejection of an image that cannot be read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Closing the producer waits for all.
final class RecordedYard implements AutoCloseable {
    static final String RESULTS = "yard.again";
    static final String START = "2020-01-31T08:00:00Z";
    static final long START_NANOS = Instant.parse(START).getEpochSecond() * 1_000_000_000L;
    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private final EmbeddedBroker broker;
    private final Path live;

    private RecordedYard(EmbeddedBroker broker, Path live) {
        this.broker = broker;
        this.live = live;
    }

    static RecordedYard lift(Path folder) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start();
        broker.createTopics(new JobTopics("yard.frames", RESULTS, RESULTS + ".rejected"), 1);
        Path live =
                Files.writeString(
                        folder.resolve("live.yaml"),
                        String.join(
                                "\n",
                                "job: {name: yard, mode: live}",
                                "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                                "topics: {frames: yard.frames, depth: yard.live}",
                                "lifting: {return-mesh: true, return-point-cloud: true}",
                                "flink:",
                                "  execution.checkpointing.timeout: 1 min",
                                "  execution.checkpointing.dir: "
                                        + folder.resolve("checkpoints").toUri()));
        RecordedYard yard = new RecordedYard(broker, live);
        yard.publish("yard.frames", "yard-1");
        TypedCommand command = new TypedCommand();
        assertThat(command.run("replay", live.toString(), "--output-topic", RESULTS))
                .as(command.complaints())
                .isZero();
        return yard;
    }

    EmbeddedBroker broker() {
        return broker;
    }

    /** The configuration of a live job. */
    Path live() {
        return live;
    }

    @Override
    public void close() throws Exception {
        broker.close();
    }

    /** Deletes a topic and creates it again. */
    void recreate(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            await(() -> !admin.listTopics().names().get().contains(topic));
            broker.createFramesTopic(topic, 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Four frames of a camera, each tenth of a second; the third holds no picture. */
    void publish(String topic, String camera) {
        RenderedFleet fleet = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);
        byte[] note = "This is a note, not a picture.".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < 4; i++) {
                byte[] picture = i == 2 ? note : fleet.jpeg(0, i);
                long time = START_NANOS + i * 100_000_000L;
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                camera.getBytes(StandardCharsets.UTF_8),
                                FrameEncoder.encode(camera, time, i, picture, null)));
            }
        }
    }

    /** {@return how many messages each channel of a file has} */
    static Map<String, Long> counts(Path file) throws IOException {
        try (McapReader reader = McapReader.open(file)) {
            return all(reader.messages()).stream()
                    .collect(
                            Collectors.groupingBy(
                                    message -> reader.channels().get(message.channelId()).topic(),
                                    TreeMap::new,
                                    Collectors.counting()));
        }
    }

    static List<McapMessage> all(McapMessages messages) throws IOException {
        List<McapMessage> all = new ArrayList<>();
        for (Optional<McapMessage> next = messages.next();
                next.isPresent();
                next = messages.next()) {
            all.add(next.get());
        }
        return all;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> record, String topic, byte[] value) {
        return new ProducerRecord<>(topic, null, null, record.key(), value, record.headers());
    }

    /** The three results. */
    List<ConsumerRecord<byte[], byte[]>> results() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = broker.committedConsumer()) {
            List<TopicPartition> partitions = List.of(new TopicPartition(RESULTS, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await(
                    () -> {
                        ConsumerRecords<byte[], byte[]> records =
                                consumer.poll(Duration.ofMillis(200));
                        records.forEach(found::add);
                        return found.size() == 3;
                    });
        }
        return found;
    }

    static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.isMet()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Something that is waited for. */
    interface Condition {
        boolean isMet() throws Exception;
    }
}
