package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that stops while a recording is published. */
class BrokerLossITCase {
    private static final int IMAGES = 100;
    private static final int ARRIVED = 5;

    @Test
    void publishSaysHowMuchArrivedAndHowToGoOn(@TempDir Path folder) throws Exception {
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 0, 1);
        for (int i = 0; i < IMAGES; i++) {
            Files.write(folder.resolve(String.format("%03d.jpg", i)), fleet.jpeg(0, i));
        }
        JobTopics topics = JobTopics.named("loss");
        TypedCommand command = new TypedCommand();
        CompletableFuture<Integer> code;
        long stopped;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 1);
            code = publish(command, folder, broker.bootstrapServers(), topics.frames());
            await(broker, topics.frames());
            stopped = System.nanoTime();
        }

        assertThat(code.get(2, TimeUnit.MINUTES)).isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - stopped))
                .isLessThan(Duration.ofSeconds(60));
        assertThat(command.complaints().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .matches(
                        "localhost:\\d+ has not answered for 5 s: \\d+ images wait, and fail when"
                                + " they have waited for 20 s");
        assertThat(command.complaints().lines().skip(1))
                .singleElement()
                .asString()
                .matches(
                        "([5-9]|[1-9][0-9]) of 100 images of .* are on the topic, then no more:"
                                + " localhost:\\d+ no longer answers; when that is mended,"
                                + " publish it again with --start 2026-01-31T08:00:00Z: .*DUPLICATE"
                                + " or LATE")
                .contains(folder.toString());
        assertThat(command.output()).isEmpty();
    }

    @Test
    void publishOfALiveCameraLeavesOutWhatIsTooLargeAndSaysHowMuchArrived() throws Exception {
        byte[] jpeg = new RenderedFleet(1, 64, 48, 0, 1).jpeg(0, 0);
        List<List<byte[]>> packets =
                new ArrayList<>(Collections.nCopies(20, List.of(LivePublisherTest.rtpJpeg(jpeg))));
        packets.set(2, List.of(LivePublisherTest.rtpJpeg(noise())));
        packets.set(4, List.of(LivePublisherTest.rtpJpeg(noise())));
        JobTopics topics = JobTopics.named("loss");
        TypedCommand command = new TypedCommand();
        CompletableFuture<Integer> code;
        long stopped;
        try (RtspServer camera =
                new RtspServer(
                        "m=video 0 RTP/AVP 26\r\na=control:video\r\n",
                        26,
                        packets,
                        Instant.now())) {
            try (EmbeddedBroker broker = EmbeddedBroker.start()) {
                broker.createTopics(topics, 1);
                // 512 bytes are what is around an image.
                int between = (jpeg.length + noise().length) / 2;
                broker.setMaxMessageBytes(topics.frames(), between + 512);
                String servers = broker.bootstrapServers();
                code =
                        CompletableFuture.supplyAsync(
                                () ->
                                        command.run(
                                                "publish",
                                                camera.address(),
                                                "--camera",
                                                "hall-1",
                                                "--bootstrap-servers",
                                                servers,
                                                "--topic",
                                                topics.frames(),
                                                // Two frames together would be too large as well.
                                                "--kafka.properties.batch.size=0"));
                await(broker, topics.frames());
                stopped = System.nanoTime();
            }
            assertThat(code.get(2, TimeUnit.MINUTES)).isEqualTo(1);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - stopped))
                .isLessThan(Duration.ofSeconds(60));
        assertThat(command.complaints())
                .containsOnlyOnce("(its max.message.bytes); raise that to ")
                .contains("; frames that are too large are left out and counted")
                .containsPattern("localhost:\\d+ has not answered for 5 s: \\d+ images wait")
                .containsPattern(
                        "\\d+ frames of hall-1 are on the topic, then no more: localhost:\\d+ no"
                                + " longer answers; when that is mended, start publish again");
    }

    /** A frame for which the topic is too narrow. */
    private static byte[] noise() {
        byte[] rgb = new byte[3 * 64 * 48];
        new Random(7).nextBytes(rgb);
        return ImageEncoder.jpeg(new RgbImage(64, 48, rgb));
    }

    private static CompletableFuture<Integer> publish(
            TypedCommand command, Path folder, String servers, String topic) {
        List<String> words =
                List.of(
                        "publish",
                        folder.toString(),
                        "--camera",
                        "hall-1",
                        "--bootstrap-servers",
                        servers,
                        "--topic",
                        topic,
                        "--fps",
                        "10",
                        "--start",
                        "2026-01-31T08:00:00Z");
        return CompletableFuture.supplyAsync(() -> command.run(words.toArray(String[]::new)));
    }

    private static void await(EmbeddedBroker broker, String topic) {
        try (var consumer = broker.committedConsumer()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (consumer.position(partition) < ARRIVED) {
                consumer.poll(Duration.ofMillis(100));
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }
}
