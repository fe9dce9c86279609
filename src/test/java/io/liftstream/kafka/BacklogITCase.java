package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.RejectionReason;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RejectionRecord;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A live job that comes back to a backlog, and a replay of the same topic. */
@Tag("alone")
class BacklogITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofSeconds(6);
    private static final int CAMERAS = 4;
    private static final int BEFORE = 20;
    private static final int BACKLOG = 500;
    private static final int AFTER = 20;
    private static final int ALL = BEFORE + BACKLOG + AFTER;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static EmbeddedBroker broker;
    private static RenderedFleet fleet;

    @TempDir Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        long start = TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond());
        fleet = new RenderedFleet(CAMERAS, 64, 48, start, 40_000_000L);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void afterAnOutageTheBacklogIsShedAndOnRecordAndTheNextFramesAreLifted() throws Exception {
        JobTopics topics = JobTopics.named("outage");
        createTopics(topics);
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            String savepoint;
            try (RunningJob job = live(topics, Duration.ZERO, List.of())) {
                publish(topics, 0, BEFORE);
                outcomes.await(CAMERAS * BEFORE, job, TIMEOUT);
                savepoint = job.stopWithSavepoint(folder.resolve("savepoints"));
            }
            assertThat(outcomes.rejections()).isEmpty();

            publish(topics, BEFORE, BEFORE + BACKLOG);
            awaitAge();
            List<String> recovery = List.of("--flink.execution.state-recovery.path", savepoint);
            try (RunningJob job = live(topics, MAX_AGE, recovery)) {
                // It runs: from here on only its own slowness could make a frame too old.
                outcomes.await(CAMERAS * BEFORE + 1, job, TIMEOUT);
                publish(topics, BEFORE + BACKLOG, ALL);
                outcomes.await(CAMERAS * ALL, job, TIMEOUT);
            }
            outcomes.readToEnd(QUIET);
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertShed(outcomes.rejections());
            assertLifted(outcomes);
        }
    }

    @Test
    void aReplayOfABacklogShedsNothing() throws Exception {
        JobTopics topics = JobTopics.named("recorded-backlog");
        createTopics(topics);
        publish(topics, 0, BEFORE);
        List<String> options = List.of("--live.max-age", "1 ms");
        try (RunningJob job = RunningJob.replayOnCluster(broker, topics, folder, 2, options);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            job.awaitEnd(TIMEOUT);
            outcomes.readToEnd(QUIET);
            assertThat(outcomes.rejections()).isEmpty();
            assertThat(outcomes.results()).hasSize(CAMERAS * BEFORE);
        }
    }

    private RunningJob live(JobTopics topics, Duration maxAge, List<String> overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--live.max-age", maxAge.toSeconds() + " s",
                                "--ordering.flush-after", "1 s",
                                "--sink.delivery-guarantee", "exactly-once"));
        words.addAll(overrides);
        return RunningJob.liveOnCluster(broker, topics, folder, 2, words);
    }

    private static void createTopics(JobTopics topics) throws Exception {
        broker.createTopics(topics, 2);
    }

    /** Age is told by the broker's clock, which no test can turn. */
    private static void awaitAge() throws InterruptedException {
        Thread.sleep(MAX_AGE.plusSeconds(1).toMillis());
    }

    private static void publish(JobTopics topics, int from, int to) {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int sequence = from; sequence < to; sequence++) {
                for (int camera = 0; camera < CAMERAS; camera++) {
                    publisher.publish(
                            RenderedFleet.cameraId(camera), fleet.message(camera, sequence));
                }
            }
        }
    }

    /** The whole backlog, in a few records. What comes right after it may be shed too. */
    private static void assertShed(List<RejectionRecord> rejections) {
        assertThat(rejections)
                .hasSizeLessThan(CAMERAS * BACKLOG / 4)
                .extracting(RejectionRecord::rejection)
                .allSatisfy(
                        rejection -> {
                            assertThat(rejection.reason()).isEqualTo(RejectionReason.SHED);
                            assertThat(rejection.original()).isNull();
                            assertThat(rejection.sequence()).isGreaterThanOrEqualTo(BEFORE);
                        });
        assertThat(rejections.stream().mapToInt(record -> record.rejection().frameCount()).sum())
                .isBetween(CAMERAS * BACKLOG, CAMERAS * (BACKLOG + AFTER) - 1);
    }

    /** What was there before the outage and of what came after it, in order, and nothing else. */
    private static void assertLifted(JobOutcomes outcomes) {
        Long[] before = LongStream.range(0, BEFORE).boxed().toArray(Long[]::new);
        assertThat(outcomes.resultsByCamera().values())
                .hasSize(CAMERAS)
                .allSatisfy(
                        results -> {
                            List<Long> lifted =
                                    results.stream()
                                            .map(result -> result.read().sequence())
                                            .toList();
                            assertThat(lifted).isSorted().startsWith(before);
                            assertThat(lifted.subList(BEFORE, lifted.size()))
                                    .allMatch(sequence -> sequence >= BEFORE + BACKLOG);
                        });
    }
}
