package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded streams, lifted again by bounded jobs that end by themselves. */
class ReplayITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int CAMERAS = 3;
    private static final int FRAMES_EACH = 8;

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
    void theBytesOfEveryResultAreTheSameAtAnyParallelismAndBatchSize() throws Exception {
        JobTopics recorded = JobTopics.named("recorded");
        broker.createFramesTopic(recorded.frames(), 2);
        record(recorded.frames(), "2020-02-29T12:00:00Z", 1);

        Map<String, List<String>> reference = replay(recorded.withOutputs("replay-1-1"), 1, 1);

        assertThat(reference).hasSize(CAMERAS);
        assertThat(reference.values()).allSatisfy(own -> assertThat(own).hasSize(FRAMES_EACH));
        assertThat(replay(recorded.withOutputs("replay-1-8"), 1, 8)).isEqualTo(reference);
        assertThat(replay(recorded.withOutputs("replay-2-8"), 2, 8)).isEqualTo(reference);
        assertThat(replay(recorded.withOutputs("replay-4-1"), 4, 1)).isEqualTo(reference);
    }

    @Test
    void recordingsStampedIn1970And2020StayOnTheTopicWithTheTimeOfSending() throws Exception {
        JobTopics topics = JobTopics.named("old-recordings");
        broker.createTopics(topics, 1);
        record(topics.frames(), "1970-01-01T00:00:00Z", 2);
        record(topics.frames(), "2020-02-29T12:00:00Z", 2);
        long begin = System.currentTimeMillis();
        try (RunningJob job = RunningJob.replay(broker, topics, folder, 1, List.of());
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            job.awaitEnd(PATIENCE);
            outcomes.readToEnd(QUIET);

            assertThat(outcomes.rejections()).isEmpty();
            assertThat(outcomes.results()).hasSize(2 * CAMERAS * FRAMES_EACH);
            assertThat(outcomes.results())
                    .extracting(ResultRecord::brokerTimeMillis)
                    .allSatisfy(sent -> assertThat(sent).isGreaterThanOrEqualTo(begin));
            assertThat(outcomes.results())
                    .extracting(result -> result.headers().get("ce_time").substring(0, 4))
                    .contains("1970", "2020");
        }
    }

    /** Publishes a small fleet, its frames up to three places from their own. */
    private static void record(String topic, String start, long seed) throws Exception {
        Instant from = Instant.parse(start);
        RenderedFleet fleet =
                new RenderedFleet(
                        CAMERAS, 64, 48, from.getEpochSecond() * 1_000_000_000L, 100_000_000L);
        Random random = new Random(seed);
        try (FramePublisher publisher = new FramePublisher(broker, topic)) {
            for (int block = 0; block < FRAMES_EACH; block += 4) {
                List<int[]> mixed = new ArrayList<>();
                for (int camera = 0; camera < CAMERAS; camera++) {
                    for (int sequence = block; sequence < block + 4; sequence++) {
                        mixed.add(new int[] {camera, sequence});
                    }
                }
                Collections.shuffle(mixed, random);
                for (int[] frame : mixed) {
                    publisher.publish(
                            RenderedFleet.cameraId(frame[0]), fleet.message(frame[0], frame[1]));
                }
            }
        }
    }

    /** Digests of the values of each camera's results, in their order. */
    private Map<String, List<String>> replay(JobTopics topics, int parallelism, int batch)
            throws Exception {
        broker.createOutputTopics(topics, 1);
        List<String> options = List.of("--batching.max-frames", Integer.toString(batch));
        Path own = folder.resolve(topics.depth());
        try (RunningJob job = RunningJob.replay(broker, topics, own, parallelism, options);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            job.awaitEnd(PATIENCE);
            outcomes.readToEnd(QUIET);
            assertThat(outcomes.rejections()).isEmpty();
            Map<String, List<String>> digests = new TreeMap<>();
            outcomes.resultsByCamera()
                    .forEach(
                            (camera, results) ->
                                    digests.put(
                                            camera,
                                            results.stream().map(ReplayITCase::digest).toList()));
            return digests;
        }
    }

    private static String digest(ResultRecord result) {
        CRC32 checksum = new CRC32();
        checksum.update(result.value());
        return result.headers().get("ce_id")
                + " "
                + result.value().length
                + " bytes "
                + HexFormat.of().toHexDigits(checksum.getValue());
    }
}
