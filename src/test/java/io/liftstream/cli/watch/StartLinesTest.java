package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.network.ExecutionProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartLinesTest {
    private static final JobSettings LIVE =
            JobSettingsReader.read(
                    ConfigurationLoader.load(
                            null,
                            List.of(
                                    "--job.name=hall",
                                    "--kafka.bootstrap-servers=broker:9092",
                                    "--topics.depth=hall.depth",
                                    "--live.max-age=30 s")));

    @Test
    void aJobSaysWhatItReadsAndWritesAndWhereItIsWatched() {
        assertThat(lines(2, 6, 0))
                .containsExactly(
                        "hall (live) reads liftstream.frames (6 partitions) and writes hall.depth and"
                                + " liftstream.rejected, at-least-once, on broker:9092.",
                        "Model liftstream-tiny on CPU. Flink's web UI: http://127.0.0.1:8081. Ctrl-C"
                                + " ends the job.");
    }

    @Test
    void subtasksWithoutAPartitionAreWarnedOf() {
        assertThat(lines(20, 6, 0))
                .last()
                .isEqualTo(
                        "WARN option flink.parallelism.default is 20, but topic liftstream.frames has"
                                + " only 6 partitions, so 14 subtasks read nothing; set the option"
                                + " to 6, or to less.");
    }

    @Test
    void framesFromBeforeTheStartAreWarnedOf() {
        assertThat(lines(1, 1, 90))
                .contains(
                        "WARN 90 frames on liftstream.frames were published before the job started,"
                                + " more than live.max-age (30 s) ago, and are skipped. replay lifts"
                                + " them; so does --live.max-age=0s.");
    }

    private static List<String> lines(int parallelism, int partitions, long passedOver) {
        return new StartLines(
                        LIVE,
                        ExecutionProvider.CPU,
                        "http://127.0.0.1:8081",
                        parallelism,
                        partitions,
                        passedOver)
                .lines();
    }
}
