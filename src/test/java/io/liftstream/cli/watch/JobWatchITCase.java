package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.job.LocalJob;
import io.liftstream.job.JobSettings;
import io.liftstream.testing.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real job and a real broker are seen to do, and to fail in. */
class JobWatchITCase {
    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    @TempDir private Path folder;
    private final StringWriter said = new StringWriter();

    @Test
    void shedFramesFailedCheckpointsAndASilentBrokerAreTold() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(WatchedJob.TOPICS, 2);
            WatchedJob.publish(broker, System.currentTimeMillis() - 3_600_000, 0, 5);
            JobSettings settings = settings(broker);
            // The broker's own clock says how old a frame is.
            Thread.sleep(MAX_AGE.toMillis());
            try (LocalJob job = LocalJob.start(settings);
                    JobWatch watch =
                            JobWatch.start(
                                    job.webAddress(),
                                    job.id(),
                                    settings,
                                    0,
                                    new PrintWriter(said, true))) {
                WatchedJob.awaitLine(said, "WARN no frame is lifted, and all that come are shed: ");
                WatchedJob.publish(broker, System.currentTimeMillis(), 5, 3);
                // One of the two subtasks has no frame, and so no age.
                WatchedJob.awaitLine(
                        said,
                        "lifted 3 \\(\\d\\.\\d fps\\), rejected \\d.*; age median (?!0 ms).+, oldest ");
                assertThat(watch.summary())
                        .first()
                        .asString()
                        .startsWith("in 8, lifted 3, rejected 5 (SHED 5) in ");
                assertThat(watch.summary().get(1)).contains("at source.start, earliest");

                replaceCheckpointsByAFile();
                WatchedJob.awaitLine(
                        said,
                        "WARN a checkpoint failed \\(\\d+ in a row\\): \\w.* Checkpoints go to file:");

                broker.close();
                WatchedJob.awaitLine(said, "WARN no broker answers at ");
            }
        }
        assertThat(said.toString()).doesNotContain(".java:");
    }

    private JobSettings settings(EmbeddedBroker broker) throws IOException {
        return WatchedJob.settings(
                broker,
                checkpoints(),
                List.of(
                        "--ordering.flush-after=1 s",
                        "--live.max-age=" + MAX_AGE.toSeconds() + " s",
                        "--flink.parallelism.default=2",
                        "--flink.execution.checkpointing.interval=1 s"));
    }

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** As a full or unmounted disk does, no checkpoint can be written from now on. */
    private void replaceCheckpointsByAFile() throws IOException {
        Files.move(checkpoints(), folder.resolve("gone"));
        Files.writeString(checkpoints(), "no folder");
    }
}
