package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.MortalTaskManager;
import io.liftstream.testing.RecordedFleet;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Recorded streams, lifted again by bounded jobs that end by themselves. */
class ReplayITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int FRAMES_OF_A_CAMERA = 40;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final MortalTaskManager TASK_MANAGER = new MortalTaskManager();

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
    void whatAReplayWritesDependsOnNothingButTheTopic(@InjectMiniCluster MiniCluster flink)
            throws Exception {
        assertAlike(
                recorded(21),
                List.of(),
                new Way(1, 1, 500),
                List.of(
                        new Way(1, 8, 1),
                        new Way(2, 1, 7),
                        new Way(2, 8, 500),
                        new Way(4, 1, 1),
                        new Way(4, 8, 40)),
                List.of(new Way(2, 1, 3), new Way(4, 8, 3)),
                flink);
    }

    @Test
    void neitherDoMetresOfTheNetworksSize(@InjectMiniCluster MiniCluster flink) throws Exception {
        assertAlike(
                recorded(22),
                List.of("--result.size", "network", "--result.depth", "metres"),
                new Way(1, 8, 500),
                List.of(new Way(2, 1, 7), new Way(4, 8, 40)),
                List.of(new Way(2, 8, 3)),
                flink);
    }

    private static JobTopics recorded(long seed) throws Exception {
        JobTopics topics = JobTopics.named("recorded-" + seed);
        broker.createFramesTopic(topics.frames(), 3);
        new RecordedFleet(seed, FRAMES_OF_A_CAMERA, Instant.parse("2023-05-06T07:08:09Z"))
                .publish(broker, topics.frames());
        return topics;
    }

    /** Each way reads the partitions in another interleaving. */
    private void assertAlike(
            JobTopics recorded,
            List<String> outputs,
            Way first,
            List<Way> others,
            List<Way> killed,
            MiniCluster flink)
            throws Exception {
        Written reference = replay(recorded, outputs, first, null);
        assertThat(reference.rejections.values())
                .contains("LATE", "DUPLICATE", "BAD_CLOCK", "MALFORMED");
        assertThat(reference.results.values()).anySatisfy(own -> assertThat(own).contains("/1/"));
        for (Way way : others) {
            assertThat(replay(recorded, outputs, way, null))
                    .as(way.toString())
                    .isEqualTo(reference);
        }
        for (Way way : killed) {
            assertThat(replay(recorded, outputs, way, flink))
                    .as("killed " + way)
                    .isEqualTo(reference);
        }
    }

    /** How a replay runs. */
    private record Way(int parallelism, int batch, int recordsPerPoll) {
        private String name() {
            return parallelism + "-" + batch + "-" + recordsPerPoll;
        }
    }

    /**
     * All that a replay wrote.
     *
     * @param results of each camera, in their order: id, headers and SHA-256 of the value
     * @param rejections the reason by topic/partition/offset
     */
    private record Written(Map<String, String> results, Map<String, String> rejections) {}

    /**
     * @param doomed the cluster whose task manager dies in the middle, or null
     */
    private Written replay(JobTopics recorded, List<String> outputs, Way way, MiniCluster doomed)
            throws Exception {
        JobTopics topics =
                recorded.withOutputs(
                        recorded.frames() + way.name() + (doomed == null ? "" : "-killed"));
        broker.createOutputTopics(topics, 1);
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--flink.execution.checkpointing.interval", "100 ms",
                                "--batching.max-frames", Integer.toString(way.batch),
                                "--kafka.properties.max.poll.records",
                                        Integer.toString(way.recordsPerPoll)));
        options.addAll(outputs);
        Path own = folder.resolve(topics.depth());
        try (RunningJob job =
                        RunningJob.replayOnCluster(broker, topics, own, way.parallelism, options);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            if (doomed != null) {
                killInTheMiddle(doomed, job, outcomes);
            }
            job.awaitEnd(TIMEOUT);
            outcomes.readToEnd(QUIET);
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertThat(outcomes.results())
                    .as("frames whose steady scale comes from those before")
                    .anySatisfy(
                            result -> assertThat(result.read().result().scale().reset()).isNull());
            return written(outcomes);
        }
    }

    /** After some results were committed and before the last are. */
    private static void killInTheMiddle(MiniCluster flink, RunningJob job, JobOutcomes outcomes)
            throws Exception {
        outcomes.await(1, job, TIMEOUT);
        TASK_MANAGER.killAndReplace(flink);
        assertThat(job.hasEnded()).as("ended before it was killed").isFalse();
    }

    private static Written written(JobOutcomes outcomes) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        Map<String, String> results = new TreeMap<>();
        outcomes.results()
                .forEach(
                        result ->
                                results.merge(
                                        result.key(),
                                        result.headers()
                                                + HexFormat.of()
                                                        .formatHex(sha256.digest(result.value())),
                                        (before, next) -> before + System.lineSeparator() + next));
        Map<String, String> rejections = new TreeMap<>();
        outcomes.rejections()
                .forEach(
                        rejected ->
                                rejections.put(
                                        FrameAccounting.placeOf(rejected.rejection().provenance()),
                                        rejected.rejection().reason().name()));
        return new Written(results, rejections);
    }
}
