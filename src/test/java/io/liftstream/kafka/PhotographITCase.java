package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.DepthMapping;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PointCloud;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RunningJob;
import io.liftstream.testing.SharedFiles;
import io.liftstream.wire.FrameEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs of a hotel room through Kafka, the job and a network that others have trained. */
class PhotographITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final List<String> PHOTOGRAPHS =
            List.of("indoor_scene.jpg", "room_480.jpg", "room_1080.jpg");
    private static final double CENTIMETRES_PER_METRE = 100;

    @TempDir Path folder;

    @Test
    void theFloorBeforeTheCameraIsNearerThanTheSofaAndTheSofaNearerThanTheWindow()
            throws Exception {
        Path model = SharedFiles.require("models/meter_xxs_nyu_192x256.onnx");
        List<byte[]> photographs = new ArrayList<>();
        for (String name : PHOTOGRAPHS) {
            photographs.add(Files.readAllBytes(SharedFiles.require("photos/" + name)));
        }
        JobTopics topics = JobTopics.named("photographs");
        List<String> options = List.of("--model.default", model.toAbsolutePath().toString());
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 1);
            try (FramePublisher publisher = new FramePublisher(broker, topics.frames());
                    RunningJob job = RunningJob.live(broker, topics, folder, 1, options);
                    JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
                long seconds = Instant.now().getEpochSecond();
                for (int i = 0; i < photographs.size(); i++) {
                    publisher.publish(
                            "hotel-room",
                            FrameEncoder.encode(
                                    "hotel-room",
                                    (seconds + i) * 1_000_000_000L,
                                    i,
                                    photographs.get(i),
                                    null));
                }
                publisher.flush();

                outcomes.await(photographs.size(), job, TIMEOUT);

                assertThat(outcomes.rejections()).isEmpty();
                outcomes.results().forEach(result -> assertRoom(result.read().result()));
            }
        }
    }

    private static void assertRoom(DepthEstimationResult room) {
        assertThat(room.metric()).isTrue();
        assertThat(room.depthMapping()).isEqualTo(DepthMapping.METRIC);
        assertThat(room.backendIdentity()).startsWith("meter_xxs_nyu_192x256@");
        double window = mean(room, 0.44, 0.22, 0.56, 0.50);
        double sofa = mean(room, 0.08, 0.72, 0.40, 0.78);
        double floor = mean(room, 0.42, 0.94, 0.58, 1.00);
        assertThat(floor).isLessThan(0.8 * sofa);
        assertThat(sofa).isLessThan(0.8 * window);
        PointCloud cloud = room.pointCloud();
        assertThat(cloud.count()).isGreaterThan(10_000);
        for (int point = 0; point < cloud.count(); point += 997) {
            assertThat((double) cloud.z(point))
                    .isBetween(
                            0.999 * room.minDepth() / CENTIMETRES_PER_METRE,
                            1.001 * room.maxDepth() / CENTIMETRES_PER_METRE);
        }
    }

    /** Mean network output, centimetres, of a region given as fractions of the picture. */
    private static double mean(
            DepthEstimationResult room, double left, double top, double right, double bottom) {
        double sum = 0;
        int count = 0;
        for (int v = (int) (top * room.height()); v < (int) (bottom * room.height()); v++) {
            for (int u = (int) (left * room.width()); u < (int) (right * room.width()); u++) {
                sum += room.depthMap()[v * room.width() + u];
                count++;
            }
        }
        return sum / count;
    }
}
