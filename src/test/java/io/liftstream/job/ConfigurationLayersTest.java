package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wins where a file, a program and a user say different things. */
class ConfigurationLayersTest {
    @TempDir private Path folder;

    @Test
    void aProgramsOptionWinsOverTheFileAndTheUsersWordOverBoth() throws Exception {
        Path file = file("job: {name: of-file}", "topics: {depth: of-file, frames: of-file}");
        ConfigurationLayers layers =
                ConfigurationLoader.layers(file, List.of("--topics.depth", "of-words"));
        JobOverrides derived =
                new JobOverrides()
                        .set(LiftstreamOptions.JOB_NAME, "derived")
                        .set(LiftstreamOptions.TOPICS_DEPTH, "derived");

        Configuration merged = layers.with(derived, new JobOverrides());

        assertThat(merged.get(LiftstreamOptions.TOPICS_FRAMES)).isEqualTo("of-file");
        assertThat(merged.get(LiftstreamOptions.JOB_NAME)).isEqualTo("derived");
        assertThat(merged.get(LiftstreamOptions.TOPICS_DEPTH)).isEqualTo("of-words");
        assertThat(layers.merged().get(LiftstreamOptions.JOB_NAME)).isEqualTo("of-file");
    }

    @Test
    void whatIsDecidedWinsOverTheUsersWords() {
        ConfigurationLayers layers =
                ConfigurationLoader.layers(null, List.of("--job.mode", "live"));
        JobOverrides decided = new JobOverrides().set(LiftstreamOptions.JOB_MODE, JobMode.REPLAY);

        assertThat(layers.with(new JobOverrides(), decided).get(LiftstreamOptions.JOB_MODE))
                .isEqualTo(JobMode.REPLAY);
    }

    @Test
    void anOptionOfFlinkKeepsItsTypeBehindThePrefix() {
        ConfigurationLayers layers =
                ConfigurationLoader.layers(null, List.of("--kafka.bootstrap-servers", "b:9092"))
                        .overFile(
                                new JobOverrides()
                                        .set(
                                                LiftstreamOptions.SINK_DELIVERY_GUARANTEE,
                                                DeliveryGuarantee.EXACTLY_ONCE)
                                        .setFlink(
                                                CheckpointingOptions.CHECKPOINTING_TIMEOUT,
                                                Duration.ofSeconds(90)));

        JobSettings settings = JobSettingsReader.read(layers.merged());

        assertThat(settings.sink().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
        assertThat(
                        Configuration.fromMap(settings.flink())
                                .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void problemsOfFileAndWordsAreSaidTogether() throws Exception {
        Path file = file("batching: {max-frames: many}");

        assertThatThrownBy(() -> ConfigurationLoader.layers(file, List.of("--job.nmae", "x")))
                .hasMessageContaining("option batching.max-frames is many")
                .hasMessageContaining("did you mean job.name?");
    }

    private Path file(String... lines) throws Exception {
        return Files.write(folder.resolve("job.yaml"), List.of(lines));
    }
}
