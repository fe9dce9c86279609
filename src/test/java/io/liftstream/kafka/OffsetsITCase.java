package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers whose offsets are gone, and jobs that begin where the group stands. */
class OffsetsITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static EmbeddedBroker broker;
    private static Admin admin;

    @TempDir Path folder;

    private final RenderedFleet fleet =
            new RenderedFleet(
                    1, 32, 24, Instant.now().getEpochSecond() * 1_000_000_000L, 100_000_000L);

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(properties);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        admin.close();
        broker.close();
    }

    @Test
    void aReplayWhoseFramesAreGoneFailsForGoodAndNamesThem() throws Exception {
        JobTopics topics = JobTopics.named("gone");
        broker.createTopics(topics, 1);
        publish(topics, 0, 30);
        broker.removeBefore(topics.frames(), 20);
        List<String> restarting =
                List.of(
                        "--source.start", "0:0",
                        "--flink.restart-strategy.type", "fixed-delay",
                        "--flink.restart-strategy.fixed-delay.attempts", "1000000");

        try (RunningJob job = RunningJob.replay(broker, topics, folder, 1, restarting)) {
            assertThatThrownBy(() -> job.awaitEnd(PATIENCE))
                    .hasStackTraceContaining("offsets 0 to 19 are gone")
                    .hasStackTraceContaining(
                            "partition 0 of topic gone.frames holds offsets 20 to 29");
        }
    }

    @Test
    void aLiveJobWhoseOffsetIsGoneGoesOnWithAllThatIsLeft() throws Exception {
        JobTopics topics = JobTopics.named("overtaken");
        broker.createTopics(topics, 1);
        List<String> sinceAMinute =
                List.of("--source.start", Instant.now().minusSeconds(60).toString());
        publish(topics, 0, 10);
        String savepoint;
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, sinceAMinute);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(10, job, PATIENCE);
            savepoint = job.stopWithSavepoint(folder);
            job.awaitEnd(PATIENCE);
        }
        publish(topics, 10, 40);
        broker.removeBefore(topics.frames(), 20);

        List<String> resumed =
                List.of(
                        sinceAMinute.get(0),
                        sinceAMinute.get(1),
                        "--flink.execution.state-recovery.path",
                        savepoint);
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, resumed);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(10 + 20, job, PATIENCE);
            assertThat(outcomes.results())
                    .extracting(result -> result.read().sequence())
                    .contains(20L, 39L);
        }
    }

    @Test
    void aJobThatIsCancelledAndStartedAgainLosesNoFrame() throws Exception {
        JobTopics topics = JobTopics.named("again");
        broker.createTopics(topics, 1);
        publish(topics, 0, 24);
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, committed("10 min"));
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(24 - 5, job, PATIENCE);
            // The last five wait for order, in a checkpoint and behind what the source has read.
            awaitCommit(topics, 24, Duration.ofSeconds(2));
        }
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, committed("1 s"));
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.awaitDistinct(24, job, PATIENCE);
            FrameAccounting.assertEachFrameAtLeastOnce(broker, topics, outcomes);
        }
    }

    @Test
    void offsetsOfDecidedFramesAreCommitted() throws Exception {
        JobTopics topics = JobTopics.named("decided");
        broker.createTopics(topics, 1);
        publish(topics, 0, 12);
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, committed("500 ms"))) {
            awaitCommit(topics, 12, PATIENCE);
            job.requireRunning();
            assertThat(committed(topics)).isEqualTo(12);
        }
    }

    private static List<String> committed(String flushAfter) {
        return List.of(
                "--source.start", "committed",
                "--ordering.flush-after", flushAfter,
                "--flink.execution.checkpointing.interval", "200 ms");
    }

    @Test
    void aFirstStartOnAFullTopicPassesOverWhatItWouldShed() throws Exception {
        JobTopics topics = JobTopics.named("first");
        broker.createTopics(topics, 1);
        publish(topics, 0, 10);
        Thread.sleep(2100);
        publish(topics, 10, 20);
        List<String> fresh =
                List.of(
                        "--source.start", "committed",
                        "--ordering.flush-after", "1 s",
                        "--live.max-age", "2 s");

        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, fresh);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(10, job, PATIENCE);
            assertThat(outcomes.rejections())
                    .extracting(rejected -> rejected.rejection().provenance().offset())
                    .allSatisfy(offset -> assertThat(offset).isGreaterThanOrEqualTo(10));
        }
    }

    private void publish(JobTopics topics, int from, int to) {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int sequence = from; sequence < to; sequence++) {
                publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, sequence));
            }
        }
    }

    /** Waits until the group has committed the offset, but not for longer than the time given. */
    private static void awaitCommit(JobTopics topics, long offset, Duration patience)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (committed(topics) < offset && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    private static long committed(JobTopics topics) throws Exception {
        OffsetAndMetadata committed =
                admin.listConsumerGroupOffsets(topics.depth() + "-job")
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(new TopicPartition(topics.frames(), 0));
        return committed == null ? -1 : committed.offset();
    }
}
