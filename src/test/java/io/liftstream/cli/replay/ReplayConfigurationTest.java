package io.liftstream.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.job.ConfigurationLayers;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bounded job gets from the live job's file, conf/live.yaml as it is shipped. */
class ReplayConfigurationTest {
    private static final String TIMEOUT = "execution.checkpointing.timeout";
    private static final String RESTARTS = "restart-strategy.type";

    @Test
    void transactionsOutliveTheCheckpointsOfTheShippedLiveFile() throws Exception {
        JobSettings settings = read(given());

        assertThat(settings.sink().transactionTimeout())
                .isGreaterThanOrEqualTo(
                        Configuration.fromMap(settings.flink())
                                .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)
                                .plus(settings.sink().restartBudget())
                                .multipliedBy(2));
    }

    @Test
    void aJobThatCannotRunIsRestartedAFewTimesAndNotForEver() throws Exception {
        assertThat(read(given()).flink())
                .containsEntry(RESTARTS, "fixed-delay")
                .containsEntry("restart-strategy.fixed-delay.attempts", "3");
    }

    @Test
    void whatTheFileOrTheUserSaysToFlinkStays() throws Exception {
        JobOverrides ofFile =
                new JobOverrides()
                        .setFlink(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2))
                        .setFlink(RestartStrategyOptions.RESTART_STRATEGY, "none");

        assertThat(read(given().overFile(ofFile)).flink())
                .containsAllEntriesOf(Map.of(TIMEOUT, "2 min", RESTARTS, "none"));
        assertThat(
                        read(given("--flink." + TIMEOUT, "3 min", "--flink." + RESTARTS, "off")
                                        .overFile(ofFile))
                                .flink())
                .containsAllEntriesOf(Map.of(TIMEOUT, "3 min", RESTARTS, "off"));
        assertThat(read(given("--flink." + TIMEOUT, "1 min")).flink())
                .containsEntry(TIMEOUT, "1 min");
    }

    @ParameterizedTest
    @CsvSource({
        "hall.depth,    x,             --output-topic is hall.depth",
        "hall.rejected, x,             --output-topic is hall.rejected",
        "hall,          hall.rejected, --rejected-topic is hall.rejected",
        "x,             hall.depth,    --rejected-topic is hall.depth"
    })
    void neitherTopicMayBeOneOfTheLiveJobs(String output, String rejected, String problem)
            throws Exception {
        ConfigurationLayers live =
                given("--topics.rejected", rejected)
                        .overFile(
                                new JobOverrides()
                                        .set(LiftstreamOptions.TOPICS_DEPTH, "hall.depth")
                                        .set(LiftstreamOptions.TOPICS_REJECTED, "hall.rejected"));
        ReplayConfiguration replay = new ReplayConfiguration(live, output);
        JobSettings settings = read(replay);

        assertThatThrownBy(() -> replay.requireTopicsApart(settings, "--rejected-topic"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("must be a topic of the replay's own");
    }

    @Test
    void topicsOfItsOwnAreRight() throws Exception {
        ReplayConfiguration replay = new ReplayConfiguration(given(), "mine");
        JobSettings settings = read(replay);

        replay.requireTopicsApart(settings, "--rejected-topic");
        assertThat(settings.rejectedTopic()).isEqualTo("mine.rejected");
    }

    private static ConfigurationLayers given(String... words) {
        return ConfigurationLoader.layers(Path.of("conf/live.yaml"), List.of(words));
    }

    private static JobSettings read(ConfigurationLayers given) throws IOException {
        return read(new ReplayConfiguration(given, "mine"));
    }

    private static JobSettings read(ReplayConfiguration replay) throws IOException {
        JobOverrides decided = new JobOverrides().set(LiftstreamOptions.SOURCE_START, "earliest");
        return JobSettingsReader.read(replay.with(replay.apart("-again"), decided));
    }
}
