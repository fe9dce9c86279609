package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.cluster.ClusterNode;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One TaskManager process with the reference configuration runs 20 jobs one after the other, each
 * submitted over REST and cancelled at its first results, and then a job that fails 20 times: no
 * memory is left behind, no open file and no temporary one.
 *
 * <p>The heap is touched when the process starts: otherwise its first use, page by page, would look
 * like growth.
 */
@Tag("chaos")
class LeakITCase {
    private static final Path JOB_JAR = Path.of(System.getProperty("liftstream.job.jar"));
    private static final Map<String, String> TOUCHED_HEAP =
            Map.of("env.java.opts.taskmanager", "-XX:+UseParallelGC -XX:+AlwaysPreTouch");

    private static final JobTopics TOPICS = JobTopics.named("leaks");
    private static final int CYCLES = 20;

    /** Classes are loaded and code is compiled until then. */
    private static final int WARM = 5;

    private static final int FAILURES = 20;
    private static final int RESULTS = 12;

    private static final double RESIDENT_GROWTH = 1.1;

    /** Half of what the classes of one job take in a TaskManager: one set more is too much. */
    private static final long METASPACE_GROWTH_KB = 10_000;

    /** Less than one for a job. */
    private static final long FILES_GROWTH = 12;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir private Path folder;

    private FlinkCluster cluster;
    private EmbeddedBroker broker;
    private JobOutcomes outcomes;

    @Test
    void neitherCancelledNorFailedJobsLeaveMemoryOrFilesBehind() throws Exception {
        try (EmbeddedBroker kafka = EmbeddedBroker.start();
                FlinkCluster flink = FlinkCluster.launch(folder, 1, false, TOUCHED_HEAP)) {
            cluster = flink;
            broker = kafka;
            cluster.awaitReady();
            broker.createTopics(TOPICS, 2);
            try {
                measureJobs();
            } catch (Exception | Error e) {
                cluster.printLogs();
                throw e;
            }
        }
        assertThat(filesIn("tmp")).isEmpty();
        assertThat(filesIn("flink-tmp")).isEmpty();
    }

    private void measureJobs() throws Exception {
        try (RestSubmission rest = new RestSubmission(cluster.processes().rest(), JOB_JAR);
                SteadyCameras cameras = new SteadyCameras(broker, TOPICS);
                JobOutcomes read = new JobOutcomes(broker, TOPICS)) {
            outcomes = read;
            submitAndCancel(rest, WARM);
            ProcessFootprint taskManager = taskManager(WARM + " jobs");
            ProcessFootprint jobManager = jobManager();

            submitAndCancel(rest, CYCLES - WARM);
            assertTaskManagerKeptNothing(taskManager, taskManager(CYCLES + " jobs"));
            assertNothingKept(jobManager, jobManager());

            fail(rest);
            assertTaskManagerKeptNothing(taskManager, taskManager(FAILURES + " failures"));
            assertNothingKept(jobManager, jobManager());
        }
    }

    private void submitAndCancel(RestSubmission rest, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            String job = rest.submit(words("at-least-once"));
            awaitResults();
            end(rest, job);
        }
    }

    /** A checkpoint that cannot be written fails a job that writes exactly once. */
    private void fail(RestSubmission rest) throws Exception {
        List<String> words = words("exactly-once");
        words.addAll(
                List.of(
                        "--sink.restart-budget=1 min",
                        "--flink.execution.checkpointing.timeout=1 min",
                        "--flink.execution.checkpointing.interval=500 ms",
                        "--flink.restart-strategy.type=fixed-delay",
                        "--flink.restart-strategy.fixed-delay.attempts=1000",
                        "--flink.restart-strategy.fixed-delay.delay=100 ms"));
        String job = rest.submit(words);
        awaitResults();
        try (BlockedCheckpoints blocked = BlockedCheckpoints.below(folder.resolve("checkpoints"))) {
            awaitRestarts(job);
        }
        awaitResults();
        end(rest, job);
    }

    private void awaitRestarts(String job) throws Exception {
        String path = "/jobs/" + job + "/metrics?get=numRestarts";
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        int restarts = 0;
        while (restarts < FAILURES) {
            assertThat(System.nanoTime()).as(restarts + " restarts").isLessThan(deadline);
            outcomes.read(POLL);
            cluster.requireAlive();
            restarts = cluster.processes().rest().get(path).path(0).path("value").asInt();
        }
    }

    private void awaitResults() throws Exception {
        int enough = outcomes.results().size() + RESULTS;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (outcomes.results().size() < enough) {
            assertThat(System.nanoTime()).as("no results").isLessThan(deadline);
            outcomes.read(POLL);
            cluster.requireAlive();
        }
    }

    private void end(RestSubmission rest, String job) throws Exception {
        rest.cancel(job);
        cluster.awaitStatus(job, "CANCELED");
        cluster.awaitFreeSlots();
    }

    private ProcessFootprint taskManager(String after) throws Exception {
        return measured(after, cluster.processes().taskManagers().get(0));
    }

    private ProcessFootprint jobManager() throws Exception {
        return measured("then", cluster.processes().jobManagers().get(0));
    }

    private static ProcessFootprint measured(String after, ClusterNode node) throws Exception {
        ProcessFootprint footprint = ProcessFootprint.of(node);
        System.out.println(after + ", " + node.process().name() + ": " + footprint);
        return footprint;
    }

    private static void assertTaskManagerKeptNothing(ProcessFootprint warm, ProcessFootprint now) {
        assertThat((double) now.resident() / warm.resident())
                .as("growth of resident memory")
                .isLessThan(RESIDENT_GROWTH);
        assertNothingKept(warm, now);
    }

    private static void assertNothingKept(ProcessFootprint before, ProcessFootprint now) {
        assertThat(now.metaspace() - before.metaspace())
                .as("kB of classes that are kept")
                .isLessThan(METASPACE_GROWTH_KB);
        assertThat(now.files() - before.files())
                .as("files that are kept open")
                .isLessThan(FILES_GROWTH);
    }

    private List<String> words(String guarantee) {
        return new ArrayList<>(
                List.of(
                        "--job.name=leaks",
                        "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--topics.frames=" + TOPICS.frames(),
                        "--topics.depth=" + TOPICS.depth(),
                        "--topics.rejected=" + TOPICS.rejected(),
                        "--sink.delivery-guarantee=" + guarantee));
    }

    private List<Path> filesIn(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
