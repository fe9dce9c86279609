package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import io.liftstream.wire.ReadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job goes on from a savepoint of the first build whose job could be moved, commit
 * 5149092 of 2026-11-22. That job, with parallelism 1, at least once and {@code
 * ordering.flush-after} of 10 min, had read ten frames of each of two cameras, lifted the first
 * five and kept the others, which were within {@code ordering.max-out-of-orderness}. Its bundled
 * model was another one than today's.
 */
class JobSavepointITCase {
    private static final Path SAVEPOINT = Path.of("src/test/resources/savepoints/job-2026-11-22");
    private static final JobTopics TOPICS = JobTopics.named("saved");
    private static final int CAMERAS = 2;
    private static final int LIFTED = 5;
    private static final int READ = 10;
    private static final int FRAMES = 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);

    @TempDir private Path folder;

    @Test
    void aSavepointOfTheFirstBuildGoesOnWithoutLossOrRepeat() throws Exception {
        List<String> words =
                List.of(
                        "--ordering.flush-after",
                        "2 s",
                        "--flink.execution.state-recovery.path",
                        SAVEPOINT.toUri().toString(),
                        // A savepoint keeps its own; that build left Flink's default.
                        "--flink.pipeline.max-parallelism",
                        "128");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(TOPICS, 1);
            publish(broker);
            try (RunningJob job = RunningJob.live(broker, TOPICS, folder, 1, words);
                    JobOutcomes outcomes = new JobOutcomes(broker, TOPICS)) {
                outcomes.await(CAMERAS * (FRAMES - LIFTED), job, TIMEOUT);
                outcomes.readToEnd(QUIET);
                assertThat(outcomes.rejections()).isEmpty();
                assertThat(outcomes.resultsByCamera())
                        .hasSize(CAMERAS)
                        .allSatisfy((camera, results) -> assertGoesOn(results));
            }
        }
    }

    /** The frames that the first build read, at their places, and those that came after. */
    private static void publish(EmbeddedBroker broker) {
        RenderedFleet fleet =
                new RenderedFleet(CAMERAS, 32, 24, 1_700_000_000_000_000_000L, 100_000_000L);
        try (FramePublisher publisher = new FramePublisher(broker, TOPICS.frames())) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                for (int camera = 0; camera < CAMERAS; camera++) {
                    publisher.publish(
                            RenderedFleet.cameraId(camera), fleet.message(camera, sequence));
                }
            }
        }
    }

    private static void assertGoesOn(List<ResultRecord> results) {
        List<ReadResult> read = results.stream().map(ResultRecord::read).toList();
        assertThat(read)
                .extracting(ReadResult::sequence)
                .containsExactlyElementsOf(LongStream.range(LIFTED, FRAMES).boxed().toList());
        assertThat(read.subList(0, READ - LIFTED))
                .as("frames of the savepoint")
                .allSatisfy(
                        frame ->
                                assertThat(frame.provenance().offset()).isLessThan(CAMERAS * READ));
    }
}
