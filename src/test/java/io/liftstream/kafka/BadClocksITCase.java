package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.RejectionReason;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import io.liftstream.wire.FrameEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras whose clocks are wrong, each beside the others on one topic, through a live job. */
class BadClocksITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int LATE_FRAMES_OF_A_STEP = 9;
    private static final int HALF = 15;
    private static final int FRAMES = 2 * HALF;

    @SuppressWarnings("TimeInStaticInitializer") // One moment for all frames of the run.
    private static final Instant NOW = Instant.now();

    private static final RenderedFleet PICTURES = new RenderedFleet(1, 64, 48, 0, 1);

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
    void eachBadClockHasItsRuleAndHarmsNoOtherCamera() throws Exception {
        JobTopics topics = JobTopics.named("clocks");
        broker.createTopics(topics, 2);
        try (FramePublisher frames = new FramePublisher(broker, topics.frames())) {
            for (int i = 0; i < FRAMES; i++) {
                boolean second = i >= HALF;
                send(frames, "good", Duration.ZERO, i, i);
                send(frames, "hour-ahead", Duration.ofHours(1), i, i);
                send(frames, "day-behind", Duration.ofDays(-1), i, i);
                send(frames, "set-back", Duration.ofSeconds(second ? -3 : 0), i, i);
                Duration restart = Duration.ofSeconds(second ? -100 : 0);
                send(frames, "restarted", restart, i, second ? i - HALF : i);
                sendOfStream(
                        frames, "restarted-as-it-says", restart, i, second ? "boot-2" : "boot-1");
                send(frames, "two-with-one-id", Duration.ZERO, i, i);
                send(frames, "two-with-one-id", Duration.ZERO, i, i);
            }
        }
        try (RunningJob job = RunningJob.live(broker, topics, folder, 2, List.of());
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(8 * FRAMES, job, TIMEOUT);
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);

            assertLifted(outcomes, "good", FRAMES, 0);
            assertLifted(outcomes, "day-behind", FRAMES, 0);
            assertLifted(outcomes, "hour-ahead", 0, FRAMES, RejectionReason.BAD_CLOCK);
            assertLifted(outcomes, "two-with-one-id", FRAMES, FRAMES, RejectionReason.DUPLICATE);
            assertFollowed(outcomes, "set-back");
            assertFollowed(outcomes, "restarted");
            assertThat(outcomes.resultsByCamera().get("restarted-as-it-says")).hasSize(FRAMES);
            assertEpochs(2, outcomes, "restarted-as-it-says");
        }
    }

    @Test
    void onATopicWithTheProducersTimesTheGuardIsOff() throws Exception {
        JobTopics topics = JobTopics.named("create-time");
        broker.createFramesTopic(topics.frames(), 1, "CreateTime");
        broker.createOutputTopics(topics, 1);
        try (FramePublisher frames = new FramePublisher(broker, topics.frames())) {
            for (int i = 0; i < FRAMES; i++) {
                send(frames, "hour-ahead", Duration.ofHours(1), i, i);
            }
        }
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, List.of());
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(FRAMES, job, TIMEOUT);
            assertLifted(outcomes, "hour-ahead", FRAMES, 0);
        }
    }

    /** A frame of turn {@code i}, 40 ms after the turn before, by a clock that is off. */
    private static void send(
            FramePublisher frames, String camera, Duration off, int turn, int sequence) {
        Instant captured = NOW.plus(off).plusMillis(40L * turn);
        frames.publish(
                camera,
                FrameEncoder.encode(
                        camera,
                        captured.getEpochSecond() * 1_000_000_000L + captured.getNano(),
                        sequence,
                        PICTURES.jpeg(0, turn),
                        null));
    }

    private static void sendOfStream(
            FramePublisher frames, String camera, Duration off, int turn, String streamId)
            throws Exception {
        Instant captured = NOW.plus(off).plusMillis(40L * turn);
        byte[] frame =
                FrameEncoder.encode(
                        camera,
                        captured.getEpochSecond() * 1_000_000_000L + captured.getNano(),
                        turn,
                        PICTURES.jpeg(0, turn),
                        null);
        frames.publish(
                camera,
                CameraFrame.parseFrom(frame).toBuilder()
                        .setStreamId(streamId)
                        .build()
                        .toByteArray());
    }

    /** The second half is a new epoch, but for the frames that it takes to see that. */
    private static void assertFollowed(JobOutcomes outcomes, String camera) {
        assertThat(outcomes.resultsByCamera().get(camera)).hasSize(FRAMES - LATE_FRAMES_OF_A_STEP);
        assertEpochs(2, outcomes, camera);
        assertThat(outcomes.rejections())
                .extracting(record -> record.rejection())
                .filteredOn(rejection -> camera.equals(rejection.cameraId()))
                .hasSize(LATE_FRAMES_OF_A_STEP)
                .extracting(rejection -> rejection.reason())
                .containsOnly(RejectionReason.LATE);
    }

    private static void assertEpochs(int epochs, JobOutcomes outcomes, String camera) {
        assertThat(outcomes.resultsByCamera().get(camera))
                .extracting(result -> Integer.toUnsignedLong(result.read().epoch()))
                .isSorted()
                .satisfies(found -> assertThat(new HashSet<>(found)).hasSize(epochs));
    }

    private static void assertLifted(
            JobOutcomes outcomes, String camera, int lifted, int refused, RejectionReason... why) {
        assertThat(outcomes.resultsByCamera().getOrDefault(camera, List.of()))
                .as(camera)
                .extracting(result -> result.read().sequence())
                .isEqualTo(LongStream.range(0, lifted).boxed().toList());
        assertThat(outcomes.rejections())
                .as(camera)
                .extracting(record -> record.rejection())
                .filteredOn(rejection -> camera.equals(rejection.cameraId()))
                .hasSize(refused)
                .extracting(rejection -> rejection.reason())
                .allMatch(reason -> reason == why[0]);
    }
}
