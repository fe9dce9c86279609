package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs of one name find each other out, whether frames come or not. */
class SameNameITCase {
    private static final List<String> EXACTLY_ONCE =
            List.of(
                    "--job.name",
                    "twin",
                    "--sink.delivery-guarantee",
                    "exactly-once",
                    "--flink.execution.checkpointing.timeout",
                    "1 min");
    private static final List<String> AT_LEAST_ONCE = List.of("--job.name", "twin");

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
    void anExactlyOnceJobIsRefusedWhileAnotherOfItsNameRunsAndStartsOnceThatOneHasEnded()
            throws Exception {
        JobTopics first = topics("first");
        JobTopics second = topics("second");
        try (RunningJob running = start(first, EXACTLY_ONCE)) {
            awaitPresence("twin");

            assertThatThrownBy(() -> start(second, EXACTLY_ONCE))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(
                            "option job.name is twin: a job of this name runs already, from the"
                                    + " JobManager on 127.0.0.1");
            running.requireRunning();

            // Its results are repeated at worst, and warned of.
            start(second, AT_LEAST_ONCE).close();
        }
        start(second, EXACTLY_ONCE).close();
    }

    private RunningJob start(JobTopics topics, List<String> words) throws Exception {
        return RunningJob.live(broker, topics, folder, 1, words);
    }

    private static JobTopics topics(String name) throws Exception {
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, 1);
        return topics;
    }

    private static void awaitPresence(String name) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (PresentJobs jobs =
                new PresentJobs(new KafkaSettings(broker.bootstrapServers(), "any", Map.of()))) {
            while (jobs.members(name).isEmpty()) {
                assertThat(System.nanoTime()).as("no job shows").isLessThan(deadline);
                Thread.sleep(100);
            }
        }
    }
}
