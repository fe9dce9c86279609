package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.MetricBasis;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.MortalTaskManager;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A task manager dies between two calibrations: frames get theirs all the same. */
class CalibrationRecoveryITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final String CALIBRATION = "killed.calibration";
    private static final int FRAMES = 40;
    private static final int CALIBRATED_FROM = 6;
    private static final int SURVEYED_FROM = 30;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final MortalTaskManager TASK_MANAGER = new MortalTaskManager();

    @TempDir Path folder;

    @Test
    void aDeathInTheMiddleChangesNoByteOfALiveRun(@InjectMiniCluster MiniCluster flink)
            throws Exception {
        JobTopics topics = JobTopics.named("killed");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 2);
            List<String> live = live(broker, topics, flink);

            JobTopics again = topics.withOutputs("again");
            broker.createOutputTopics(again, 1);
            try (RunningJob job =
                            RunningJob.replayOnCluster(
                                    broker,
                                    again,
                                    folder.resolve("again"),
                                    1,
                                    CalibratedCamera.words(CALIBRATION));
                    JobOutcomes replayed = new JobOutcomes(broker, again)) {
                job.awaitEnd(TIMEOUT);
                replayed.readToEnd(QUIET);
                assertThat(CalibratedCamera.values(replayed)).isEqualTo(live);
            }
        }
    }

    private List<String> live(EmbeddedBroker broker, JobTopics topics, MiniCluster flink)
            throws Exception {
        CalibratedCamera camera = new CalibratedCamera(broker, folder, CALIBRATION);
        camera.calibrate("other", 0, 80);
        List<String> words =
                CalibratedCamera.words(CALIBRATION, "--sink.delivery-guarantee", "exactly-once");
        try (RunningJob job =
                        RunningJob.liveOnCluster(broker, topics, folder.resolve("live"), 2, words);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            camera.send(topics, 0, CALIBRATED_FROM);
            camera.calibrate(CalibratedCamera.ID, 0, 100);
            camera.send(topics, CALIBRATED_FROM, FRAMES / 2);
            outcomes.await(CALIBRATED_FROM, job, TIMEOUT);

            TASK_MANAGER.killAndReplace(flink);

            camera.calibrate(
                    CalibratedCamera.ID, SURVEYED_FROM, 200, "--known-points", "16,22,1;16,1,4");
            camera.send(topics, FRAMES / 2, FRAMES);
            outcomes.await(FRAMES, job, TIMEOUT);
            outcomes.readToEnd(QUIET);
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertThat(outcomes.rejections()).isEmpty();
            assertCalibrations(outcomes.resultsByCamera().get(CalibratedCamera.ID));
            return CalibratedCamera.values(outcomes);
        }
    }

    /** The calibrated pictures have half the size. */
    private static void assertCalibrations(List<ResultRecord> results) {
        assertThat(results).hasSize(FRAMES);
        for (int frame = 0; frame < FRAMES; frame++) {
            var read = results.get(frame).read();
            assertThat(read.sequence()).isEqualTo(frame);
            if (frame < CALIBRATED_FROM) {
                assertThat(read.intrinsicsSource()).isEqualTo(IntrinsicsSource.SCALED_DEFAULT);
            } else {
                assertThat(read.result().intrinsics().fx())
                        .as("frame " + frame)
                        .isEqualTo(frame < SURVEYED_FROM ? 200 : 400);
            }
            assertThat(read.result().metricBasis())
                    .as("frame " + frame)
                    .isEqualTo(frame < SURVEYED_FROM ? MetricBasis.GUESS : MetricBasis.SURVEYED);
        }
    }
}
