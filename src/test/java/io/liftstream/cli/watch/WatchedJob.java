package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.job.LocalJob;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The job of the tests that watch one, its only camera, and what is said of it. */
final class WatchedJob {
    static final JobTopics TOPICS = new JobTopics("hall.frames", "hall.depth", "hall.rejected");
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private WatchedJob() {}

    /**
     * {@return the settings of a job that keeps its checkpoints in a folder}
     *
     * @param more {@code --key=value} words beside those that every one has
     */
    static JobSettings settings(EmbeddedBroker broker, Path checkpoints, List<String> more)
            throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name=hall",
                                "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--topics.frames=" + TOPICS.frames(),
                                "--topics.depth=" + TOPICS.depth(),
                                "--topics.rejected=" + TOPICS.rejected(),
                                "--source.start=earliest",
                                "--flink.execution.checkpointing.dir=" + checkpoints.toUri()));
        words.addAll(more);
        return JobSettingsReader.read(
                ConfigurationLoader.layers(null, words)
                        .with(LocalJob.flinkOptions(), new JobOverrides()));
    }

    /** Publishes frames of the camera, the first of which was captured at a time. */
    static void publish(EmbeddedBroker broker, long millis, int first, int frames) {
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, millis * 1_000_000, 100_000_000);
        try (FramePublisher publisher = new FramePublisher(broker, TOPICS.frames())) {
            for (int frame = first; frame < first + frames; frame++) {
                publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, frame));
            }
        }
    }

    static void awaitLine(StringWriter said, String pattern) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline
                && !said.toString().matches("(?s).*" + pattern + ".*")) {
            Thread.sleep(100);
        }
        assertThat(said.toString()).containsPattern(pattern);
    }
}
