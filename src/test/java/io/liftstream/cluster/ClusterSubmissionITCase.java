package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.cluster.ClusterNode;
import io.liftstream.wire.ReadResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a real cluster: JobManager, TaskManager and Flink's command line in JVMs of their
 * own, configured by {@code conf/flink/config.yaml}, the natives in {@code lib/}, frames from Kafka
 * to Kafka. Nothing tells the TaskManager about ONNX Runtime's telemetry, so that the library's own
 * guard has to keep it alive.
 */
class ClusterSubmissionITCase {

    private static final Path JOB_JAR = Path.of(System.getProperty("liftstream.job.jar"));

    /** The default of ordering.max-out-of-orderness in frames of FrameTopics. */
    private static final int FRAMES_WITHIN_BOUND = 5;

    private static KafkaClusterTestKit kafka;
    private static FlinkCluster cluster;

    @TempDir static Path folder;

    @RegisterExtension
    static final TestExecutionExceptionHandler LOGS =
            (context, failure) -> {
                cluster.printLogs();
                throw failure;
            };

    @BeforeAll
    static void start() throws Exception {
        cluster = FlinkCluster.launch(folder);
        kafka =
                new KafkaClusterTestKit.Builder(
                                new TestKitNodes.Builder()
                                        .setCombined(true)
                                        .setNumBrokerNodes(1)
                                        .setNumControllerNodes(1)
                                        .build())
                        .setConfigProp("auto.create.topics.enable", "false")
                        .setConfigProp("offsets.topic.replication.factor", "1")
                        .setConfigProp("offsets.topic.num.partitions", "1")
                        .setConfigProp("transaction.state.log.num.partitions", "1")
                        .setConfigProp("transaction.state.log.replication.factor", "1")
                        .setConfigProp("transaction.state.log.min.isr", "1")
                        .setConfigProp("message.max.bytes", Integer.toString(68 << 20))
                        .build();
        kafka.format();
        kafka.startup();
        kafka.waitForReadyBrokers();
        cluster.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        try (AutoCloseable broker = kafka;
                AutoCloseable flink = cluster) {
            // Closed in reverse order, also where only one of them started.
        }
    }

    @Test
    void a_job_that_was_cancelled_and_submitted_once_more_lifts_further_frames() throws Exception {
        try (FrameTopics topics = FrameTopics.create(kafka.bootstrapServers(), "cancelled")) {
            List<String> arguments = arguments(topics, "1 s");
            String first = cluster.submit(JOB_JAR, List.of(), arguments);
            topics.publish(0, 6);
            assertThat(topics.awaitResults(5, cluster))
                    .extracting(ReadResult::sequence)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            cluster.cancel(first);

            topics.publish(6, 12);
            String second = cluster.submit(JOB_JAR, List.of(), arguments);
            List<ReadResult> further = newResults(topics.awaitResults(11, cluster));
            assertThat(further)
                    .extracting(ReadResult::sequence)
                    .containsExactly(6L, 7L, 8L, 9L, 10L, 11L);
            assertThat(further).allSatisfy(ClusterSubmissionITCase::isLifted);
            cluster.cancel(second);
        }
        assertThat(cluster.unpackedRuntimes())
                .as("ONNX Runtime is loaded once, from lib/, for all jobs of the cluster")
                .isEqualTo(1);
        assertThat(cluster.taskManagerCommandLineBytes())
                .as("bytes of a command line; 4200 overflowed an ordinary thread's stack of 1 MiB")
                .isGreaterThan(4200);
    }

    /** A cancelled job's offsets may lag behind what it wrote: at-least-once may write it again. */
    private static List<ReadResult> newResults(List<ReadResult> results) {
        return results.stream().filter(result -> result.sequence() >= 6).toList();
    }

    @Test
    void a_job_that_was_stopped_resumes_from_its_savepoint_without_loss_or_repeat()
            throws Exception {
        try (FrameTopics topics = FrameTopics.create(kafka.bootstrapServers(), "stopped")) {
            // Without a flush the newest frames wait for order, so that the savepoint holds them.
            List<String> arguments = arguments(topics, "0 s");
            String first = cluster.submit(JOB_JAR, List.of(), arguments);
            topics.publish(0, 10);
            List<ReadResult> results =
                    new ArrayList<>(topics.awaitResults(9 - FRAMES_WITHIN_BOUND, cluster));
            String savepoint = cluster.stop(first);

            String second = cluster.submit(JOB_JAR, List.of("-s", savepoint), arguments);
            topics.publish(10, 20);
            results.addAll(topics.awaitResults(19 - FRAMES_WITHIN_BOUND, cluster));
            assertThat(results)
                    .extracting(ReadResult::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, 19 - FRAMES_WITHIN_BOUND).boxed().toList());
            cluster.cancel(second);
        }
    }

    @Test
    void a_replay_lifts_what_is_on_the_topic_exactly_once_and_ends() throws Exception {
        try (FrameTopics topics = FrameTopics.create(kafka.bootstrapServers(), "replayed")) {
            topics.publish(0, 8);
            List<String> arguments = new ArrayList<>(arguments(topics, "1 s"));
            arguments.addAll(List.of("--job.mode=replay", "--source.start=earliest"));
            String replay = cluster.submit(JOB_JAR, List.of(), arguments);
            cluster.awaitStatus(replay, "FINISHED");
            assertThat(topics.awaitResults(7, cluster))
                    .extracting(ReadResult::sequence)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
    }

    @Test
    void aTaskManagerHasItsOwnOptionsOfTheReferenceConfiguration() {
        ClusterNode taskManager = cluster.processes().taskManagers().get(0);
        assertThat(taskManager.words()).contains("-XX:+UseParallelGC");
        assertThat(taskManager.environment()).containsEntry("MALLOC_ARENA_MAX", "2");
        assertThat(cluster.processes().jobManagers().get(0).words())
                .doesNotContain("-XX:+UseParallelGC");
    }

    private static void isLifted(ReadResult read) {
        assertThat(read.cameraId()).isEqualTo(FrameTopics.CAMERA);
        assertThat(read.result().backendUsed()).startsWith("liftstream-tiny@");
        assertThat(read.result().depthMap()).hasSize(FrameTopics.WIDTH * FrameTopics.HEIGHT);
        assertThat(read.result().maxDepth()).isGreaterThan(read.result().minDepth());
        assertThat(read.result().pointCloud().count()).isPositive();
    }

    /** A configuration file as an operator writes it, then words that win over it. */
    private static List<String> arguments(FrameTopics topics, String flushAfter) throws Exception {
        Path file = folder.resolve(topics.frames() + ".yaml");
        Files.writeString(
                file,
                """
                job:
                  name: overridden
                kafka:
                  bootstrap-servers: %s
                topics:
                  frames: %s
                  depth: %s
                  rejected: %s
                live:
                  max-age: 0 s
                ordering.flush-after: %s
                """
                        .formatted(
                                kafka.bootstrapServers(),
                                topics.frames(),
                                topics.depth(),
                                topics.rejected(),
                                flushAfter));
        return List.of(
                file.toString(),
                "--lifting.return-point-cloud",
                "true",
                "--job.name",
                topics.frames(),
                "--flink.execution.checkpointing.interval",
                "1 s");
    }
}
