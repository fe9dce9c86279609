package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

/** What {@code conf/flink/config.yaml} promises those who copy it. */
class ReferenceClusterTest {
    private final Configuration cluster = GlobalConfiguration.loadConfiguration("conf/flink");

    @Test
    void aLiveJobNeverGivesUp() {
        assertThat(cluster.get(RestartStrategyOptions.RESTART_STRATEGY))
                .isEqualTo("exponential-delay");
        assertThat(cluster.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(
                        cluster.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aReplayOnItGivesUp() {
        JobSettings replay =
                JobSettingsReader.read(
                        ConfigurationLoader.load(Path.of("conf/replay.yaml"), List.of()));
        Configuration flink = LiftstreamJob.flinkConfiguration(replay);

        assertThat(flink.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("fixed-delay");
        assertThat(flink.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS))
                .isLessThan(100);
    }

    @Test
    void noLimitOfJavaCppRefusesMemoryToAProcessOfLargeModels() {
        assertThat(cluster.get(CoreOptions.FLINK_JVM_OPTIONS))
                .contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    }

    @Test
    void aProcessWithoutMemoryEndsAndAnOlderCheckpointIsKept() {
        assertThat(cluster.get(TaskManagerOptions.KILL_ON_OUT_OF_MEMORY)).isTrue();
        assertThat(cluster.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS))
                .isGreaterThanOrEqualTo(3);
    }
}
