package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.image.ImageSize;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.lifting.PointCloud;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import io.liftstream.wire.FrameEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the size that people use, through the job with its defaults. */
class ResultSizesITCase {
    private static final ImageSize PICTURE = new ImageSize(1920, 1080);
    private static final long CAPTURED = 1_700_000_000_000_000_000L;
    private static final JobTopics TOPICS = JobTopics.named("sizes");

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    @BeforeAll
    static void publishAPicture() throws Exception {
        broker = EmbeddedBroker.start();
        broker.createFramesTopic(TOPICS.frames(), 1);
        byte[] png = LiftingFixture.png(PICTURE.width(), PICTURE.height());
        try (FramePublisher publisher = new FramePublisher(broker, TOPICS.frames())) {
            publisher.publish("gate", FrameEncoder.encode("gate", CAPTURED, 1, png, null));
            publisher.flush();
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aFullHdPictureKeepsEachOfItsPoints() throws Exception {
        ResultRecord record = lift("whole", "--lifting.edge-filter", "0");

        DepthEstimationResult result = record.read().result();
        assertThat(record.read().degradations()).isEmpty();
        assertThat(result.depthMap()).hasSize((int) PICTURE.pixels());
        assertThat(result.distances()).isNull();
        assertThat(result.pictureSize()).isEqualTo(new ImageSize(result.width(), result.height()));
        // All but those at depth_trunc, which is far by default.
        assertThat(result.pointCloud().count()).isGreaterThan((int) (0.95 * PICTURE.pixels()));
        assertThat(record.value()).hasSizeGreaterThan(20 * result.pointCloud().count());
    }

    @Test
    void aResultOfTheNetworksSizeIsSmallAndHasMetres() throws Exception {
        ResultRecord record =
                lift("network", "--result.size", "network", "--result.depth", "metres");

        DepthEstimationResult result = record.read().result();
        assertThat(new ImageSize(result.width(), result.height()))
                .isEqualTo(new ImageSize(256, 192));
        assertThat(result.pictureSize()).isEqualTo(PICTURE);
        assertThat(record.value()).hasSizeLessThan(26 * 256 * 192);
        // The default camera: 525 of 800 pixels of the diagonal, in the middle.
        double focal = 525.0 / 800 * Math.hypot(PICTURE.width(), PICTURE.height());
        assertThat(result.intrinsics().fx()).isCloseTo(focal * 256 / 1920, within(1e-9));
        assertThat(result.intrinsics().fy()).isCloseTo(focal * 192 / 1080, within(1e-9));
        assertThat(result.intrinsics().cx()).isCloseTo(127.5, within(1e-9));
        assertEachPointHasItsDistance(result);
    }

    private static void assertEachPointHasItsDistance(DepthEstimationResult result) {
        PointCloud cloud = result.pointCloud();
        int point = 0;
        for (int pixel = 0; pixel < result.distances().length; pixel++) {
            if (!Float.isNaN(result.distances()[pixel])) {
                assertThat(cloud.z(point)).isEqualTo(result.distances()[pixel]);
                double column =
                        result.intrinsics().fx() * cloud.x(point) / cloud.z(point)
                                + result.intrinsics().cx();
                assertThat(Math.round(column)).isEqualTo(pixel % result.width());
                point++;
            }
        }
        assertThat(cloud.count()).isEqualTo(point).isPositive();
    }

    private ResultRecord lift(String name, String... options) throws Exception {
        JobTopics topics = TOPICS.withOutputs(name);
        broker.createOutputTopics(topics, 1);
        try (RunningJob job =
                        RunningJob.replay(
                                broker, topics, folder.resolve(name), 1, List.of(options));
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            job.awaitEnd(Duration.ofMinutes(2));
            outcomes.readToEnd(Duration.ofSeconds(1));
            assertThat(outcomes.rejections()).isEmpty();
            assertThat(outcomes.results()).hasSize(1);
            return outcomes.results().get(0);
        }
    }
}
