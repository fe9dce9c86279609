package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.MortalTaskManager;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole graph, Kafka to Kafka, when a task manager dies and when the job is moved. */
class RecoveryITCase {
    private static final int CAMERAS = 4;
    private static final int FRAMES_PER_CAMERA = 60;
    private static final long INTERVAL_NANOS = 40_000_000L;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CLOSING = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(2);

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    private static final MortalTaskManager TASK_MANAGER = new MortalTaskManager();

    private static EmbeddedBroker broker;
    private static RenderedFleet fleet;

    @TempDir Path folder;

    private final Set<Thread> clientsBefore = kafkaClients();

    @AfterEach
    void noKafkaClientIsLeftBehind() throws Exception {
        long deadline = System.nanoTime() + CLOSING.toNanos();
        Set<Thread> left = kafkaClients();
        while (!clientsBefore.containsAll(left) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            left = kafkaClients();
        }
        assertThat(clientsBefore).containsAll(left);
    }

    /** Each client has a thread of its own: of consumers, their heartbeat. */
    private static Set<Thread> kafkaClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(
                        thread ->
                                thread.getName().startsWith("kafka-admin-client-thread")
                                        || thread.getName().startsWith("kafka-producer-network")
                                        || thread.getName().startsWith("kafka-coordinator"))
                .collect(Collectors.toSet());
    }

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        fleet = new RenderedFleet(CAMERAS, 64, 48, 1_700_000_000_000_000_000L, INTERVAL_NANOS);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aDeadTaskManagerCostsAnExactlyOnceJobNoFrameNoRepeatAndNoOrder(
            @InjectMiniCluster MiniCluster flink) throws Exception {
        JobTopics topics = JobTopics.named("killed");
        broker.createTopics(topics, 3);
        try (RunningJob job = exactlyOnce(topics, 2, List.of());
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            publish(topics, 0, FRAMES_PER_CAMERA / 2);
            outcomes.await(10, job, TIMEOUT);

            TASK_MANAGER.killAndReplace(flink);

            publish(topics, FRAMES_PER_CAMERA / 2, FRAMES_PER_CAMERA);
            outcomes.await(CAMERAS * FRAMES_PER_CAMERA, job, TIMEOUT);
            outcomes.readToEnd(QUIET);
            assertEachFrameOnceInOrder(topics, outcomes);
        }
    }

    @Test
    void anExactlyOnceJobUsesItsTransactionalIdsAgain() throws Exception {
        JobTopics topics = JobTopics.named("pooled");
        broker.createTopics(topics, 3);
        int portions = 8;
        try (RunningJob job = exactlyOnce(topics, 1, List.of("--ordering.flush-after", "200 ms"));
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            for (int portion = 1; portion <= portions; portion++) {
                publish(topics, 2 * portion - 2, 2 * portion);
                // What one can read has been committed by a checkpoint.
                outcomes.await(CAMERAS * 2 * portion, job, TIMEOUT);
            }
        }
        assertThat(transactionalIds(topics)).hasSizeBetween(1, portions / 2);
    }

    private static List<String> transactionalIds(JobTopics topics) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.contains(topics.depth()) && id.contains("-depth-"))
                    .toList();
        }
    }

    @Test
    void aSavepointGoesOnAtOtherParallelisms() throws Exception {
        JobTopics topics = JobTopics.named("moved");
        broker.createTopics(topics, 3);
        // Odd ends: the frame before the newest is still missing, so the newest waits for it.
        int[] parallelism = {2, 3, 1};
        int[] ends = {FRAMES_PER_CAMERA / 3 + 1, FRAMES_PER_CAMERA / 2 + 1, FRAMES_PER_CAMERA};
        String savepoint = null;
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            int published = 0;
            for (int stage = 0; stage < ends.length; stage++) {
                boolean last = stage == ends.length - 1;
                List<String> words = new ArrayList<>();
                // Silence releases what is pending in the last stage alone.
                words.addAll(List.of("--ordering.flush-after", last ? "2 s" : "10 min"));
                if (savepoint != null) {
                    words.addAll(List.of("--flink.execution.state-recovery.path", savepoint));
                }
                try (RunningJob job = exactlyOnce(topics, parallelism[stage], words)) {
                    publish(topics, published, ends[stage]);
                    published = ends[stage];
                    int pending = last ? 0 : 1;
                    outcomes.await(CAMERAS * (published - pending), job, TIMEOUT);
                    savepoint = job.stopWithSavepoint(folder.resolve("savepoints"));
                }
                outcomes.readToEnd(QUIET);
                if (!last) {
                    assertThat(outcomes.results())
                            .as("the newest frames are in the savepoint")
                            .hasSizeLessThan(CAMERAS * published);
                }
            }
            assertEachFrameOnceInOrder(topics, outcomes);
        }
    }

    @Test
    void atLeastOnceLosesNothingAndRepeatsEqualBytesUnderEqualIds(
            @InjectMiniCluster MiniCluster flink) throws Exception {
        JobTopics topics = JobTopics.named("repeated");
        broker.createTopics(topics, 3);
        // Without a checkpoint, all that was written before the failure is written again.
        List<String> options =
                List.of(
                        "--sink.delivery-guarantee", "at-least-once",
                        "--flink.execution.checkpointing.interval", "1 h");
        try (RunningJob job = RunningJob.liveOnCluster(broker, topics, folder, 2, options);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            publish(topics, 0, FRAMES_PER_CAMERA / 2);
            outcomes.await(10, job, TIMEOUT);
            TASK_MANAGER.killAndReplace(flink);
            publish(topics, FRAMES_PER_CAMERA / 2, FRAMES_PER_CAMERA);
            outcomes.awaitDistinct(CAMERAS * FRAMES_PER_CAMERA, job, TIMEOUT);

            FrameAccounting.assertRepeatsAreEqual(outcomes);
            assertThat(outcomes.results())
                    .as("repeated")
                    .hasSizeGreaterThan(CAMERAS * FRAMES_PER_CAMERA);
            FrameAccounting.assertEachFrameAtLeastOnce(broker, topics, outcomes);
        }
    }

    private RunningJob exactlyOnce(JobTopics topics, int parallelism, List<String> overrides)
            throws Exception {
        List<String> words = new ArrayList<>(List.of("--sink.delivery-guarantee", "exactly-once"));
        words.addAll(overrides);
        return RunningJob.liveOnCluster(broker, topics, folder, parallelism, words);
    }

    /**
     * Publishes each camera's frames at some places of its recording. Neighbours have changed
     * places, so that the ordering has work to do.
     */
    private static void publish(JobTopics topics, int from, int to) {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int i = from; i < to; i++) {
                int sequence = i % 2 == 1 ? i - 1 : Math.min(i + 1, FRAMES_PER_CAMERA - 1);
                for (int camera = 0; camera < CAMERAS; camera++) {
                    publisher.publish(
                            RenderedFleet.cameraId(camera), fleet.message(camera, sequence));
                }
            }
        }
    }

    private static void assertEachFrameOnceInOrder(JobTopics topics, JobOutcomes outcomes) {
        FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
        assertThat(outcomes.rejections()).isEmpty();
        assertThat(outcomes.resultsByCamera()).hasSize(CAMERAS);
        outcomes.resultsByCamera()
                .forEach(
                        (camera, results) ->
                                assertThat(results)
                                        .as(camera)
                                        .extracting(result -> result.read().sequence())
                                        .containsExactlyElementsOf(
                                                java.util.stream.LongStream.range(
                                                                0, FRAMES_PER_CAMERA)
                                                        .boxed()
                                                        .toList()));
    }
}
