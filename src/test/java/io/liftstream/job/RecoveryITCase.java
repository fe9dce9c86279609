package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole graph, Kafka to Kafka, when a task manager dies. */
class RecoveryITCase {
    private static final int CAMERAS = 4;
    private static final int FRAMES_PER_CAMERA = 60;
    private static final long INTERVAL_NANOS = 40_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    private static EmbeddedBroker broker;
    private static RenderedFleet fleet;

    @TempDir Path folder;

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
        JobClient job = start(topics, 2, "--sink.delivery-guarantee", "exactly-once");
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            publish(topics, 0, FRAMES_PER_CAMERA / 2);
            await(outcomes, 10);

            flink.terminateTaskManager(0).get(30, TimeUnit.SECONDS);
            flink.startTaskManager();

            publish(topics, FRAMES_PER_CAMERA / 2, FRAMES_PER_CAMERA);
            await(outcomes, CAMERAS * FRAMES_PER_CAMERA);
            outcomes.readToEnd(Duration.ofSeconds(2));
            assertEachFrameOnceInOrder(outcomes);
        } finally {
            job.cancel().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void atLeastOnceLosesNothingAndRepeatsEqualBytesUnderEqualIds(
            @InjectMiniCluster MiniCluster flink) throws Exception {
        JobTopics topics = JobTopics.named("repeated");
        broker.createTopics(topics, 3);
        JobClient job = start(topics, 2, "--sink.delivery-guarantee", "at-least-once");
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            publish(topics, 0, FRAMES_PER_CAMERA / 2);
            await(outcomes, 10);
            flink.terminateTaskManager(0).get(30, TimeUnit.SECONDS);
            flink.startTaskManager();
            publish(topics, FRAMES_PER_CAMERA / 2, FRAMES_PER_CAMERA);
            awaitDistinct(outcomes, CAMERAS * FRAMES_PER_CAMERA);

            Map<String, Set<String>> valuesById = new TreeMap<>();
            for (ResultRecord result : outcomes.results()) {
                valuesById
                        .computeIfAbsent(result.headers().get("ce_id"), id -> new HashSet<>())
                        .add(java.util.HexFormat.of().formatHex(result.value()));
            }
            assertThat(valuesById).hasSize(CAMERAS * FRAMES_PER_CAMERA);
            assertThat(valuesById.values()).allMatch(values -> values.size() == 1);
        } finally {
            job.cancel().get(30, TimeUnit.SECONDS);
        }
    }

    private JobClient start(JobTopics topics, int parallelism, String... overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name", topics.depth(),
                                "--kafka.bootstrap-servers", broker.bootstrapServers(),
                                "--topics.frames", topics.frames(),
                                "--topics.depth", topics.depth(),
                                "--topics.rejected", topics.rejected(),
                                "--source.start", "earliest",
                                "--live.max-age", "0 s",
                                "--ordering.flush-after", "8 s",
                                "--sink.restart-budget", "1 min",
                                "--flink.execution.checkpointing.timeout", "1 min",
                                "--flink.execution.checkpointing.interval", "500 ms",
                                "--flink.execution.checkpointing.unaligned.enabled", "true",
                                "--flink.execution.checkpointing.dir",
                                        folder.resolve("checkpoints").toUri().toString(),
                                "--flink.restart-strategy.type", "fixed-delay"));
        words.addAll(
                List.of(
                        "--flink.restart-strategy.fixed-delay.attempts", "100",
                        "--flink.restart-strategy.fixed-delay.delay", "500 ms"));
        words.addAll(List.of(overrides));
        JobSettings settings = JobSettingsReader.read(ConfigurationLoader.load(null, words));
        Configuration flink = LiftstreamJob.flinkConfiguration(settings);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        LiftstreamJob.define(env, settings);
        return env.executeAsync(settings.name());
    }

    /** Neighbouring frames of a camera change places, so that the ordering has work to do. */
    private static void publish(JobTopics topics, int from, int to) {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int i = from; i < to; i++) {
                int sequence = i % 2 == 0 && i + 1 < to ? i + 1 : i % 2 == 1 ? i - 1 : i;
                for (int camera = 0; camera < CAMERAS; camera++) {
                    publisher.publish(
                            RenderedFleet.cameraId(camera), fleet.message(camera, sequence));
                }
            }
        }
    }

    private static void await(JobOutcomes outcomes, int results) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (outcomes.results().size() + outcomes.rejections().size() < results) {
            assertThat(System.nanoTime()).as(progress(outcomes, results)).isLessThan(deadline);
            outcomes.readToEnd(Duration.ofMillis(200));
        }
    }

    private static void awaitDistinct(JobOutcomes outcomes, int results) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ids(outcomes).size() < results) {
            assertThat(System.nanoTime()).as(progress(outcomes, results)).isLessThan(deadline);
            outcomes.readToEnd(Duration.ofMillis(200));
        }
    }

    private static String progress(JobOutcomes outcomes, int wanted) {
        return outcomes.results().size()
                + " results and "
                + outcomes.rejections()
                + " of "
                + wanted;
    }

    private static Set<String> ids(JobOutcomes outcomes) {
        return outcomes.results().stream()
                .map(result -> result.headers().get("ce_id"))
                .collect(Collectors.toSet());
    }

    private static void assertEachFrameOnceInOrder(JobOutcomes outcomes) {
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
