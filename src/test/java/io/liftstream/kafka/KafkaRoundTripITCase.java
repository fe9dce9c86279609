package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames through a real broker and the job as users run it. */
class KafkaRoundTripITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int CAMERAS = 3;
    private static final int FRAMES_EACH = 12;
    private static final String MODEL = "liftstream-tiny@";

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void shuffledFramesOfThreeCamerasComeBackCompleteAndInOrder() throws Exception {
        JobTopics topics = JobTopics.named("round-trip");
        broker.createTopics(topics, 3);
        RenderedFleet fleet =
                new RenderedFleet(CAMERAS, 96, 72, nanosOf(Instant.now()), 100_000_000L);
        Map<String, List<byte[]>> messages = rendered(fleet);
        long begin = System.currentTimeMillis();
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames());
                RunningJob job = RunningJob.live(broker, topics, folder, 2, referringToAFile());
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            for (int[] frame : shuffledWithinBound()) {
                String camera = RenderedFleet.cameraId(frame[0]);
                publisher.publish(camera, messages.get(camera).get(frame[1]));
            }
            publisher.flush();

            outcomes.await(CAMERAS * FRAMES_EACH, job, TIMEOUT);

            assertThat(outcomes.rejections()).isEmpty();
            Map<String, List<ResultRecord>> byCamera = outcomes.resultsByCamera();
            assertThat(byCamera).hasSize(CAMERAS);
            byCamera.forEach((camera, results) -> assertInOrder(fleet, camera, results, begin));
        }
    }

    /** As a password would be: the clients read it, the job's graph has the reference. */
    private List<String> referringToAFile() throws IOException {
        Path secrets = Files.writeString(folder.resolve("kafka.properties"), "how=PLAINTEXT");
        return List.of(
                "--kafka.properties.config.providers",
                "file",
                "--kafka.properties.config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
                "--kafka.properties.security.protocol",
                "${file:" + secrets + ":how}");
    }

    /** Rendered beforehand, so that a slow machine causes no silence that flushes a camera. */
    private static Map<String, List<byte[]>> rendered(RenderedFleet fleet) {
        Map<String, List<byte[]>> messages = new TreeMap<>();
        for (int camera = 0; camera < CAMERAS; camera++) {
            List<byte[]> own = new ArrayList<>();
            for (int sequence = 0; sequence < FRAMES_EACH; sequence++) {
                own.add(fleet.message(camera, sequence));
            }
            messages.put(RenderedFleet.cameraId(camera), own);
        }
        return messages;
    }

    /** Places a frame at most three of its camera's frames, 300 ms, from its own. */
    private static List<int[]> shuffledWithinBound() {
        Random random = new Random(2);
        List<int[]> shuffled = new ArrayList<>();
        for (int block = 0; block < FRAMES_EACH; block += 4) {
            List<int[]> mixed = new ArrayList<>();
            for (int camera = 0; camera < CAMERAS; camera++) {
                for (int sequence = block; sequence < block + 4; sequence++) {
                    mixed.add(new int[] {camera, sequence});
                }
            }
            Collections.shuffle(mixed, random);
            shuffled.addAll(mixed);
        }
        return shuffled;
    }

    private static void assertInOrder(
            RenderedFleet fleet, String camera, List<ResultRecord> results, long begin) {
        assertThat(results).hasSize(FRAMES_EACH);
        for (int i = 0; i < FRAMES_EACH; i++) {
            ResultRecord result = results.get(i);
            long captured = fleet.captureTimeNanos(i);
            assertThat(result.read().sequence()).isEqualTo(i);
            assertThat(result.read().captureTimeNanos()).isEqualTo(captured);
            assertThat(result.key()).isEqualTo(camera);
            assertThat(result.brokerTimeMillis()).isGreaterThanOrEqualTo(begin);
            assertThat(result.headers())
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_type", "liftstream.v1.DepthEstimationResult")
                    .containsEntry("ce_schemaversion", "1")
                    .containsEntry("ce_source", "/liftstream")
                    .containsEntry("ce_subject", camera)
                    .containsEntry("ce_time", Instant.ofEpochSecond(0, captured).toString())
                    .containsEntry("content-type", "application/protobuf");
            assertThat(result.headers().get("ce_id"))
                    .startsWith(FrameAccounting.placeOf(result.read().provenance()) + "/" + MODEL);
            assertThat(result.read().result().depthMap()).hasSize(96 * 72);
            assertThat(result.read().result().depthImage()).hasSize(96 * 72);
            assertThat(result.read().result().pointCloud().count()).isPositive();
        }
    }

    private static long nanosOf(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
