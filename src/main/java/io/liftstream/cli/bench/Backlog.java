package io.liftstream.cli.bench;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.scenes.RenderedCamera;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The frames that all contenders lift: rendered pictures of a small fleet, spread evenly over the
 * partitions. The cameras' ids are chosen so that every subtask of the job gets as many, as the law
 * of large numbers does for a large fleet.
 */
final class Backlog {
    private static final long SEED = 20_261_126L;
    private static final int PICTURES = 48;
    private static final int CAMERAS_PER_SUBTASK = 16;
    private static final int PARTITIONS_PER_SUBTASK = 2;
    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(66);

    private final String topic;
    private final int parallelism;
    private final List<String> cameras;
    private final List<byte[]> pictures;

    /**
     * Renders the pictures.
     *
     * @param topic the frames topic
     * @param parallelism of the job
     */
    Backlog(String topic, PictureSize size, int parallelism) {
        this.topic = topic;
        this.parallelism = parallelism;
        this.cameras = cameras(parallelism, LiftstreamJob.MAX_PARALLELISM);
        this.pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            RenderedFrame rendered =
                    RenderedCamera.of(
                                    SEED,
                                    i,
                                    RenderedCamera.familyOf(i),
                                    size.width(),
                                    size.height())
                            .frame(i);
            pictures.add(
                    ImageEncoder.jpeg(new RgbImage(size.width(), size.height(), rendered.rgb())));
        }
    }

    private Backlog(String topic, Backlog others) {
        this.topic = topic;
        this.parallelism = others.parallelism;
        this.cameras = others.cameras;
        this.pictures = others.pictures;
    }

    /** The same frames on another topic. */
    Backlog on(String other) {
        return new Backlog(other, this);
    }

    /** How many cameras there are. */
    int cameras() {
        return cameras.size();
    }

    static List<String> cameras(int parallelism, int maxParallelism) {
        int[] taken = new int[parallelism];
        List<String> ids = new ArrayList<>();
        for (int i = 0; ids.size() < CAMERAS_PER_SUBTASK * parallelism; i++) {
            String id = String.format(Locale.ROOT, "camera-%04d", i);
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            id, maxParallelism, parallelism);
            if (taken[subtask] < CAMERAS_PER_SUBTASK) {
                taken[subtask]++;
                ids.add(id);
            }
        }
        return ids;
    }

    /** Partitions of the topic. */
    int partitions() {
        return PARTITIONS_PER_SUBTASK * parallelism;
    }

    /** Mean bytes of a picture. */
    double pictureBytes() {
        return pictures.stream().mapToInt(picture -> picture.length).average().orElseThrow();
    }

    /** The topic, as a live deployment has it. */
    void createTopic(Admin admin) throws Exception {
        Map<String, String> configuration =
                Map.of(
                        "message.timestamp.type", "LogAppendTime",
                        "compression.type", "uncompressed",
                        "max.message.bytes", Integer.toString(16 << 20));
        admin.createTopics(
                        List.of(
                                new NewTopic(topic, partitions(), (short) 1)
                                        .configs(configuration)))
                .all()
                .get();
    }

    /** Sends frames, the cameras in turn, and waits until the broker has them. */
    void publish(String bootstrapServers, int frames) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < frames; i++) {
                sent.add(producer.send(record(i, START_NANOS + i / cameras.size() * FRAME_NANOS)));
            }
            for (Future<RecordMetadata> frame : sent) {
                frame.get();
            }
        }
    }

    /** A producer that takes frames of any size. */
    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        Map<String, Object> properties =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        16 << 20);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * One frame of the fleet.
     *
     * @param index counts all frames, from 0
     * @param captureTimeNanos nanoseconds since 1970
     */
    ProducerRecord<byte[], byte[]> record(int index, long captureTimeNanos) {
        int camera = index % cameras.size();
        String id = cameras.get(camera);
        byte[] value =
                FrameEncoder.encode(
                        id,
                        captureTimeNanos,
                        index / cameras.size(),
                        pictures.get(index % pictures.size()),
                        null);
        return new ProducerRecord<>(
                topic, camera % partitions(), id.getBytes(StandardCharsets.UTF_8), value);
    }
}
