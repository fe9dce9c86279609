package io.liftstream.cluster;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.scenes.RenderedCamera;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.wire.FrameEncoder;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.RejectionCodec;
import io.liftstream.wire.ResultDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Three topics of one job and one rendered camera that publishes to them. */
final class FrameTopics implements AutoCloseable {

    static final int WIDTH = 128;
    static final int HEIGHT = 96;
    static final String CAMERA = "dock-1";

    private static final long FRAME_INTERVAL_NANOS = 100_000_000L;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String MAX_RECORD_BYTES = Integer.toString(68 << 20);

    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RenderedCamera camera =
            RenderedCamera.of(7, 0, RenderedCamera.familyOf(0), WIDTH, HEIGHT);
    private final long firstCaptureNanos = System.currentTimeMillis() * 1_000_000L;

    private FrameTopics(String bootstrapServers, String prefix) {
        this.prefix = prefix;
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                List.of(new TopicPartition(depth(), 0), new TopicPartition(rejected(), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Creates the topics with the limits of {@code liftstream topics create}. */
    static FrameTopics create(String bootstrapServers, String prefix) throws Exception {
        Map<String, String> limits = Map.of("max.message.bytes", MAX_RECORD_BYTES);
        Map<String, String> stamped =
                Map.of(
                        "max.message.bytes",
                        MAX_RECORD_BYTES,
                        "message.timestamp.type",
                        "LogAppendTime");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(prefix + ".frames", 1, (short) 1).configs(stamped),
                                    new NewTopic(prefix + ".depth", 1, (short) 1).configs(limits),
                                    new NewTopic(prefix + ".rejected", 1, (short) 1)
                                            .configs(limits)))
                    .all()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        return new FrameTopics(bootstrapServers, prefix);
    }

    String frames() {
        return prefix + ".frames";
    }

    String depth() {
        return prefix + ".depth";
    }

    String rejected() {
        return prefix + ".rejected";
    }

    /** Publishes the frames of a range of sequences, a tenth of a second of capture time apart. */
    void publish(int from, int to) throws Exception {
        for (int sequence = from; sequence < to; sequence++) {
            RenderedFrame frame = camera.frame(sequence);
            byte[] image = ImageEncoder.jpeg(new RgbImage(WIDTH, HEIGHT, frame.rgb()));
            byte[] message =
                    FrameEncoder.encode(
                            CAMERA,
                            firstCaptureNanos + sequence * FRAME_INTERVAL_NANOS,
                            sequence,
                            image,
                            frame.intrinsics());
            producer.send(
                            new ProducerRecord<>(
                                    frames(), CAMERA.getBytes(StandardCharsets.UTF_8), message))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /**
     * The results from where the last call ended up to that of a sequence, in the topic's order.
     *
     * @throws AssertionError where a frame was rejected, or the result does not come
     */
    List<ReadResult> awaitResults(int lastSequence, FlinkCluster cluster) throws Exception {
        List<ReadResult> results = new ArrayList<>();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            cluster.requireAlive();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.topic().equals(rejected())) {
                    throw new AssertionError(
                            "a frame was rejected: " + RejectionCodec.decode(record.value()));
                }
                results.add(ResultDecoder.decode(record.value()));
            }
            if (results.stream().anyMatch(result -> result.sequence() == lastSequence)) {
                return results;
            }
        }
        throw new AssertionError(
                "waited "
                        + TIMEOUT
                        + " for the result of frame "
                        + lastSequence
                        + ", came: "
                        + results.stream().map(ReadResult::sequence).toList());
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
