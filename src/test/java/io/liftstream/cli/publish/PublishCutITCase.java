package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.image.RgbImage;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.VideoWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of which only the beginning can be published. */
class PublishCutITCase {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;
    private static final int FRAMES = 9;

    private static EmbeddedBroker broker;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aVideoThatIsBrokenMidwaySaysHowMuchArrivedAndFails() throws Exception {
        Path video = video(FRAMES);
        byte[] bytes = Files.readAllBytes(video);
        Arrays.fill(bytes, bytes.length / 3, bytes.length * 2 / 3, (byte) 0);
        Files.write(video, bytes);
        broker.createFramesTopic("scratched", 1);

        int exitCode = publish(video, "scratched");

        assertThat(exitCode).as(command.complaints()).isEqualTo(1);
        assertThat(arrived("scratched")).isPositive().isLessThan(FRAMES);
        assertThat(command.complaints())
                .contains(
                        arrived("scratched")
                                + " of about 9 images of "
                                + video
                                + " are on the topic, then no more: "
                                + video
                                + " is a video whose frame ")
                .contains("publish it again with --start 2026-01-31T08:00:00Z");
    }

    @Test
    void aFrameThatTheTopicDoesNotTakeSaysHowMuchArrivedAndFails() throws Exception {
        Path video = video(5);
        broker.createFramesTopic("narrow", 1);
        broker.setMaxMessageBytes("narrow", 4096);

        int exitCode = publish(video, "narrow");

        assertThat(exitCode).as(command.complaints()).isEqualTo(1);
        assertThat(arrived("narrow")).as(command.complaints()).isEqualTo(5);
        assertThat(command.complaints())
                .contains("5 of about 9 images of " + video + " are on the topic, then no more: ")
                .contains("frame 5 of " + video + " has ")
                .contains("topic narrow takes messages of at most 4096 (its max.message.bytes)");
    }

    private int publish(Path video, String topic) {
        return command.run(
                "publish",
                video.toString(),
                "--camera",
                "hall-1",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--topic",
                topic,
                "--start",
                "2026-01-31T08:00:00Z",
                "--as-fast-as-possible",
                // The client cannot split a batch that the topic does not take below its own size.
                "--kafka.properties.batch.size=0");
    }

    /** Plain frames, and from one on noise, of which a JPEG file is large. */
    private Path video(int noiseFrom) {
        Path video = folder.resolve("hall.mov");
        Random random = new Random(7);
        try (VideoWriter writer =
                new VideoWriter(video, AV_CODEC_ID_MJPEG, WIDTH, HEIGHT, 0, Map.of(), Map.of())) {
            for (int i = 0; i < FRAMES; i++) {
                byte[] rgb = new byte[3 * WIDTH * HEIGHT];
                if (i < noiseFrom) {
                    Arrays.fill(rgb, (byte) (20 * i));
                } else {
                    random.nextBytes(rgb);
                }
                writer.add(new RgbImage(WIDTH, HEIGHT, rgb), 100L * i);
            }
        }
        return video;
    }

    private static long arrived(String topic) {
        try (var consumer = broker.committedConsumer()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
