package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.ExifJpeg;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kinds of recordings that users have, published to a real broker: what is sent and said. */
class RecordedKindsITCase {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int FRAMES = 12;
    private static final int LOST = 5;
    private static final long START_SECONDS = 1_769_846_400;

    /** Levels of 255 by which a pixel may differ on the average. */
    private static final double TOLERANCE = 8;

    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final RenderedFleet FLEET = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);

    private static EmbeddedBroker broker;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void startBroker() throws Exception {
        // As Kafka is delivered.
        broker = EmbeddedBroker.start(Map.of("message.max.bytes", "1048588"));
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    /** A kind of recording, the frames of it that are sent, and what is said. */
    private enum Kind {
        INTERLACED_VIDEO(0, frames(), "12 images of c") {
            @Override
            Path write(Path folder) {
                return video(folder, "a.mp4", AV_CODEC_ID_MPEG4, 0, Map.of("flags", "+ildct"));
            }
        },
        DECODE_TIMES_ALONE(0, frames(), "12 images of c") {
            @Override
            Path write(Path folder) {
                return video(folder, "a.avi", AV_CODEC_ID_MPEG4, 2, Map.of());
            }
        },
        LOST_PACKET(1, List.of(0, 1, 2, 3, 4, 8, 9, 10, 11), "2 frames from 600 ms on left out") {
            @Override
            long number(int index) {
                // A packet that never came has none.
                return index < LOST ? index : index - 1;
            }

            @Override
            Path write(Path folder) {
                return video(folder, "a.mkv", AV_CODEC_ID_H264, 0, Map.of("g", "8"));
            }
        },
        NUMBERED_NAMES(0, frames(), "12 images of c") {
            @Override
            Path write(Path folder) throws IOException {
                return pictures(folder, "frame_%d.png");
            }
        },
        STRANGERS(
                1,
                List.of(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11),
                "2 other files",
                "04.heic",
                "._00",
                "03.jpg is left out: image_input is 0 bytes") {
            @Override
            Path write(Path folder) throws IOException {
                Path pictures = pictures(folder, "%02d.jpg");
                Files.write(pictures.resolve("03.jpg"), new byte[0]);
                Files.move(pictures.resolve("05.jpg"), pictures.resolve("05.jfif"));
                Files.write(pictures.resolve("._00.jpg"), new byte[104]);
                Files.write(pictures.resolve("04.heic"), new byte[99]);
                return pictures;
            }
        },
        TURNED(0, frames(), "1 of 12 images", "2.jpg first, are turned upright") {
            @Override
            Path write(Path folder) throws IOException {
                Path pictures = pictures(folder, "%02d.jpg");
                byte[] turned = ImageEncoder.jpeg(halfTurn(rendered(2)));
                Files.write(pictures.resolve("02.jpg"), ExifJpeg.oriented(turned, 3));
                return pictures;
            }
        },
        LARGER_THAN_THE_TOPIC_TAKES(
                2,
                List.of(),
                "big.png has ",
                " bytes: topic",
                "at most 1048588 (its max.message.bytes); raise that to") {
            @Override
            Path write(Path folder) throws IOException {
                Path pictures = pictures(folder, "%02d.jpg");
                byte[] noise = new byte[3 * 900 * 800];
                new Random(1).nextBytes(noise);
                byte[] png = ImageEncoder.png(new RgbImage(900, 800, noise));
                Files.write(pictures.resolve("big.png"), png);
                return pictures;
            }
        };

        private final int code;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<Integer> sent;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> said;

        Kind(int code, List<Integer> sent, String... said) {
            this.code = code;
            this.sent = sent;
            this.said = List.of(said);
        }

        long number(int index) {
            return index;
        }

        abstract Path write(Path folder) throws IOException;

        private static List<Integer> frames() {
            return IntStream.range(0, FRAMES).boxed().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindIsSentFrameByFrameOrRefused(Kind kind) throws Exception {
        JobTopics topics = JobTopics.named("kind-" + kind.ordinal());
        broker.createFramesTopic(topics.frames(), 1);
        Path source = kind.write(Files.createDirectory(folder.resolve("source")));
        List<String> words = publish(source, topics);
        words.addAll(List.of("--start", "2026-01-31T08:00:00Z"));
        if (Files.isDirectory(source)) {
            words.addAll(List.of("--fps", "10"));
        }

        int code = command.run(words.toArray(String[]::new));

        assertThat(command.output() + command.complaints()).contains(kind.said);
        assertThat(code).isEqualTo(kind.code);
        List<CameraFrame> frames = frames(topics.frames());
        assertThat(frames).hasSameSizeAs(kind.sent);
        for (int i = 0; i < frames.size(); i++) {
            int index = kind.sent.get(i);
            assertThat(frames.get(i).getSequence()).isEqualTo(kind.number(index));
            requireFrame(frames.get(i), index);
        }
    }

    /** The camera's clock was wrong: the job would reject every frame as BAD_CLOCK. */
    @ParameterizedTest
    @EnumSource(DryRun.class)
    void aStartInTheFutureIsWarnedOf(DryRun dryRun) throws Exception {
        JobTopics topics = JobTopics.named("future-" + dryRun.ordinal());
        broker.createFramesTopic(topics.frames(), 1);
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
        Path video = folder.resolve("future.mp4");
        try (VideoWriter writer =
                new VideoWriter(
                        video,
                        AV_CODEC_ID_MPEG4,
                        WIDTH,
                        HEIGHT,
                        0,
                        Map.of("creation_time", tomorrow.toString()),
                        Map.of())) {
            writer.add(rendered(0), 0);
            writer.add(rendered(1), 100);
        }
        List<String> words = publish(video, topics);
        if (dryRun == DryRun.DRY) {
            words.add("--dry-run");
        }

        assertThat(command.run(words.toArray(String[]::new))).isZero();

        assertThat(command.complaints()).contains("BAD_CLOCK").contains("give --start with");
        assertThat(frames(topics.frames())).hasSize(dryRun == DryRun.DRY ? 0 : 2);
        words.addAll(List.of("--start", "2026-01-31T08:00:00Z"));
        assertThat(command.run(words.toArray(String[]::new))).isZero();
        assertThat(command.complaints()).isEmpty();
    }

    private enum DryRun {
        DRY,
        SENT
    }

    private static List<String> publish(Path source, JobTopics topics) {
        return new ArrayList<>(
                List.of(
                        "publish",
                        source.toString(),
                        "--camera",
                        "c",
                        "--topic",
                        topics.frames(),
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--as-fast-as-possible"));
    }

    /** The picture of this index, at its time. */
    private static void requireFrame(CameraFrame frame, int index) {
        assertThat(
                        frame.getCaptureTime().getSeconds() * 1000
                                + frame.getCaptureTime().getNanos() / 1_000_000)
                .isEqualTo(START_SECONDS * 1000 + 100L * index);
        RgbImage found = DECODER.decode(frame.getCommand().getImageBytes().toByteArray());
        double own = difference(found, rendered(index));
        assertThat(own).isLessThan(TOLERANCE);
        for (int other = 0; other < FRAMES; other++) {
            if (other != index) {
                assertThat(difference(found, rendered(other))).isGreaterThan(own);
            }
        }
    }

    private static List<CameraFrame> frames(String topic) throws Exception {
        List<CameraFrame> frames = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    frames.add(CameraFrame.parseFrom(record.value()));
                }
            }
        }
        return frames;
    }

    /** Frames 100 ms apart; of H.264, one was lost between camera and recorder. */
    private static Path video(
            Path folder, String name, int codec, int bFrames, Map<String, String> encoding) {
        Path video = folder.resolve(name);
        try (VideoWriter writer =
                new VideoWriter(
                        video, codec, WIDTH, HEIGHT, bFrames, Map.of(), Map.of(), encoding)) {
            for (int i = 0; i < FRAMES; i++) {
                if (codec == AV_CODEC_ID_H264 && i == LOST) {
                    writer.addLost(rendered(i), 100L * i);
                } else {
                    writer.add(rendered(i), 100L * i);
                }
            }
        }
        return video;
    }

    private static Path pictures(Path folder, String names) throws IOException {
        for (int i = 0; i < FRAMES; i++) {
            Path file = folder.resolve(String.format(names, i));
            byte[] jpeg = ImageEncoder.jpeg(rendered(i));
            Files.write(file, names.endsWith(".png") ? ImageEncoder.png(rendered(i)) : jpeg);
        }
        return folder;
    }

    private static RgbImage halfTurn(RgbImage image) {
        byte[] turned = new byte[image.rgb().length];
        for (int i = 0; i < turned.length; i++) {
            turned[turned.length - 3 - i / 3 * 3 + i % 3] = image.rgb()[i];
        }
        return new RgbImage(image.width(), image.height(), turned);
    }

    /** Far enough apart on the camera's path that no two frames look alike. */
    private static RgbImage rendered(int index) {
        return DECODER.decode(FLEET.jpeg(0, 12 * index));
    }

    private static double difference(RgbImage a, RgbImage b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return (double) sum / a.rgb().length;
    }
}
