package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.RejectionReason;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that are calibrated while they send: live, in a replay, and in hindsight. */
class CalibrationITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final String CALIBRATION = "cal.calibration";

    private static EmbeddedBroker broker;

    @TempDir Path folder;

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
    void eachFrameGetsTheCalibrationOfItsTimeLiveAndInAReplay() throws Exception {
        JobTopics topics = JobTopics.named("cal");
        CalibratedCamera camera = new CalibratedCamera(broker, folder, CALIBRATION);
        broker.createTopics(topics, 2);
        camera.calibrate("other", 0, 80);
        List<String> live;
        try (RunningJob job =
                        RunningJob.live(
                                broker,
                                topics,
                                folder.resolve("live"),
                                2,
                                CalibratedCamera.words(CALIBRATION));
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            camera.send(topics, 0, 5);
            outcomes.await(5, job, TIMEOUT);
            camera.calibrate("gate", 0, 100);
            camera.send(topics, 5, 10);
            outcomes.await(10, job, TIMEOUT);
            camera.calibrate("gate", 15, 200);
            publishRefused();
            camera.send(topics, 10, 20);
            outcomes.await(21, job, TIMEOUT);
            outcomes.readToEnd(QUIET);
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertFocals(outcomes, 5);
            assertThat(outcomes.resultsByCamera().get("gate").get(19).read().result().scale())
                    .as("steady over a change of the lens")
                    .satisfies(scale -> assertThat(scale.reset()).isNull());
            assertThat(outcomes.rejections())
                    .satisfiesExactly(
                            one -> {
                                assertThat(one.rejection().reason())
                                        .isEqualTo(RejectionReason.BAD_CALIBRATION);
                                assertThat(one.rejection().provenance().topic())
                                        .isEqualTo(CALIBRATION);
                                assertThat(one.rejection().detail()).contains("comes too late");
                                assertThat(one.key()).isEqualTo("gate");
                            });
            live = CalibratedCamera.values(outcomes);
        }
        try (JobOutcomes replayed =
                replay(topics, "again", 4, CalibratedCamera.words(CALIBRATION))) {
            assertThat(CalibratedCamera.values(replayed)).isEqualTo(live);
            assertThat(replayed.rejections()).hasSize(1);
        }
        try (JobOutcomes later =
                replay(
                        topics,
                        "hindsight",
                        1,
                        CalibratedCamera.words(CALIBRATION, "--calibration.hindsight", "true"))) {
            assertFocals(later, 0);
        }
        audited(topics);
    }

    /** Of a focal length of 100 for 32 pixels, 200 for 64, so that the picture has twice that. */
    private static void assertFocals(JobOutcomes outcomes, int uncalibrated) {
        List<ResultRecord> gate = outcomes.resultsByCamera().get("gate");
        assertThat(gate).hasSize(20);
        for (ResultRecord result : gate) {
            int frame = (int) result.read().sequence();
            if (frame < uncalibrated) {
                assertThat(result.read().intrinsicsSource())
                        .isEqualTo(IntrinsicsSource.SCALED_DEFAULT);
                assertThat(result.read().setup().calibration()).isNull();
                continue;
            }
            assertThat(result.read().intrinsicsSource()).isEqualTo(IntrinsicsSource.CALIBRATION);
            assertThat(result.read().result().intrinsics().fx())
                    .as("frame " + frame)
                    .isEqualTo(frame < 15 ? 200 : 400);
            assertThat(result.read().setup().calibration().validFromNanos())
                    .isEqualTo(CalibratedCamera.captureNanos(frame < 15 ? 0 : 15));
            assertThat(result.read().setup().pose().x()).isEqualTo(frame < 15 ? 100 : 200);
        }
    }

    private JobOutcomes replay(
            JobTopics recorded, String name, int parallelism, List<String> options)
            throws Exception {
        JobTopics topics = recorded.withOutputs(name);
        broker.createOutputTopics(topics, 1);
        try (RunningJob job =
                RunningJob.replay(broker, topics, folder.resolve(name), parallelism, options)) {
            job.awaitEnd(TIMEOUT);
        }
        JobOutcomes outcomes = new JobOutcomes(broker, topics);
        outcomes.readToEnd(QUIET);
        FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
        return outcomes;
    }

    /** The command refuses it; a producer of another make does not. */
    private void publishRefused() {
        try (FramePublisher publisher = new FramePublisher(broker, CALIBRATION)) {
            var late =
                    io.liftstream.proto.foxglove.CameraCalibration.newBuilder()
                            .setTimestamp(
                                    com.google.protobuf.Timestamp.newBuilder()
                                            .setSeconds(CalibratedCamera.START.getEpochSecond()))
                            .setWidth(32)
                            .setHeight(24)
                            .addAllK(List.of(50.0, 0.0, 15.5, 0.0, 50.0, 11.5, 0.0, 0.0, 1.0));
            publisher.publish("gate", late.build().toByteArray());
        }
    }

    private void audited(JobTopics topics) {
        int code =
                command.run(
                        "audit",
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--topics.frames=" + topics.frames(),
                        "--topics.depth=" + topics.depth(),
                        "--topics.rejected=" + topics.rejected(),
                        "--to",
                        "latest");
        assertThat(code).as(command.output() + command.complaints()).isZero();
        assertThat(command.output())
                .contains("20 frames have a result on cal.depth, 0 a rejection on cal.rejected");
        assertThat(
                        command.run(
                                "calibration",
                                "list",
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topic",
                                CALIBRATION))
                .isZero();
        assertThat(command.output().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("0        other"),
                        line -> assertThat(line).contains("gate", "32x24 plumb_bob fx 100.000"),
                        line -> assertThat(line).contains("2026-01-31T08:00:01.500Z", "fx 200.000"),
                        line -> assertThat(line).contains("does not count", "comes too late"));
    }
}
