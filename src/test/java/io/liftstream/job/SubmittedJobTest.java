package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read by whoever submits the job to a cluster. */
class SubmittedJobTest {

    @Test
    void itSaysWhatItReadsAndWritesAndWhereToLook() {
        JobSettings settings =
                JobSettingsReader.read(
                        ConfigurationLoader.load(
                                null,
                                List.of(
                                        "--job.name=hall",
                                        "--kafka.bootstrap-servers=broker:9092",
                                        "--sink.delivery-guarantee=exactly-once")));

        assertThat(LiftstreamJob.startLines(settings))
                .containsExactly(
                        "hall (live) reads liftstream.frames and writes liftstream.depth and"
                                + " liftstream.rejected, exactly-once, on broker:9092.",
                        "Flink's web UI shows its state and metrics; liftstream rejected"
                                + " --bootstrap-servers broker:9092 --topic liftstream.rejected counts"
                                + " the frames without a result by reason.");
    }
}
