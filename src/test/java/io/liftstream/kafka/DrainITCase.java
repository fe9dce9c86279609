package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.RejectionReason;
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
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code flink stop --drain} of a live job in which more is pending than a checkpoint has time for.
 */
@Tag("alone")
class DrainITCase {
    private static final int FRAMES = 120;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);

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
    void whatIsTooOldByThenIsShedSoThatTheDrainEnds() throws Exception {
        JobTopics topics = topics("short");
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            try (RunningJob job = start(topics, "exactly-once", "6 s", "20 s")) {
                publish(topics, 2 * FRAMES);
                // They wait for their order: a fast machine too is left less time than it needs.
                Thread.sleep(4_000);
                job.drain(folder.resolve("savepoints"));
                job.awaitEnd(TIMEOUT);
            }
            outcomes.readToEnd(QUIET);
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertThat(outcomes.rejections())
                    .extracting(record -> record.rejection().reason())
                    .contains(RejectionReason.SHED)
                    .containsOnly(RejectionReason.SHED);
        }
    }

    @Test
    void aDrainThatTakesLongerThanACheckpointMayFailsAndTheJobGoesOnWithoutLoss() throws Exception {
        JobTopics topics = topics("long");
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics);
                RunningJob job = start(topics, "at-least-once", "0 s", "1 s")) {
            publish(topics, FRAMES);
            // They are read, and wait for their order: a drain before would find none to lift.
            Thread.sleep(3_000);

            assertThatThrownBy(() -> job.drain(folder.resolve("savepoints")))
                    .isInstanceOf(ExecutionException.class);

            outcomes.awaitDistinct(FRAMES, job, TIMEOUT);
            assertThat(outcomes.rejections()).isEmpty();
        }
    }

    private RunningJob start(
            JobTopics topics, String guarantee, String maxAge, String checkpointTimeout)
            throws Exception {
        return RunningJob.live(
                broker,
                topics,
                folder,
                1,
                List.of(
                        "--live.max-age",
                        maxAge,
                        "--ordering.flush-after",
                        "5 s",
                        "--ordering.max-out-of-orderness",
                        "5 s",
                        // Little to hold: what is wanted of the lift is its time.
                        "--result.depth-map",
                        "none",
                        "--result.max-bytes",
                        "700 kb",
                        "--sink.delivery-guarantee",
                        guarantee,
                        "--flink.execution.checkpointing.timeout",
                        checkpointTimeout));
    }

    /** With a gap before each frame, so that each waits for its order. */
    private static void publish(JobTopics topics, int frames) {
        RenderedFleet fleet = new RenderedFleet(1, 640, 480, 0, 1);
        byte[] picture = fleet.jpeg(0, 0);
        long now = System.currentTimeMillis();
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int i = 0; i < frames; i++) {
                publisher.publish(
                        "gate",
                        FrameEncoder.encode("gate", (now + i) * 1_000_000, 2L * i, picture, null));
            }
        }
    }

    private static JobTopics topics(String name) throws Exception {
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, 1);
        return topics;
    }
}
