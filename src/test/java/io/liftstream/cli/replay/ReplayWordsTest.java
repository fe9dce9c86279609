package io.liftstream.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bounded job gets from the live job's file, conf/live.yaml as it is shipped. */
class ReplayWordsTest {
    private static final String TIMEOUT = "execution.checkpointing.timeout";
    private static final String RESTARTS = "restart-strategy.type";

    @Test
    void transactionsOutliveTheCheckpointsOfTheShippedLiveFile() {
        JobSettings settings = read(base());

        assertThat(settings.sink().transactionTimeout())
                .isGreaterThanOrEqualTo(
                        Configuration.fromMap(settings.flink())
                                .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)
                                .plus(settings.sink().restartBudget())
                                .multipliedBy(2));
    }

    @Test
    void aJobThatCannotRunIsRestartedAFewTimesAndNotForEver() {
        assertThat(read(base()).flink())
                .containsEntry(RESTARTS, "fixed-delay")
                .containsEntry("restart-strategy.fixed-delay.attempts", "3");
    }

    @Test
    void whatTheFileOrTheUserSaysToFlinkStays() {
        List<String> base = base("--flink." + TIMEOUT, "2 min", "--flink." + RESTARTS, "none");

        assertThat(read(base).flink())
                .containsAllEntriesOf(Map.of(TIMEOUT, "2 min", RESTARTS, "none"));
        assertThat(read(base, "--flink." + TIMEOUT, "3 min", "--flink." + RESTARTS, "off").flink())
                .containsAllEntriesOf(Map.of(TIMEOUT, "3 min", RESTARTS, "off"));
        assertThat(read(base(), "--flink." + TIMEOUT, "1 min").flink())
                .containsEntry(TIMEOUT, "1 min");
    }

    @ParameterizedTest
    @CsvSource({
        "hall.depth,    x,             --output-topic is hall.depth",
        "hall.rejected, x,             --output-topic is hall.rejected",
        "hall,          hall.rejected, --rejected-topic is hall.rejected",
        "x,             hall.depth,    --rejected-topic is hall.depth"
    })
    void neitherTopicMayBeOneOfTheLiveJobs(String output, String rejected, String problem) {
        ReplayWords words =
                new ReplayWords(
                        base("--topics.depth", "hall.depth", "--topics.rejected", "hall.rejected"),
                        output);
        JobSettings settings = read(words, "--topics.rejected", rejected);

        assertThatThrownBy(() -> words.requireTopicsApart(settings, "--rejected-topic"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("must be a topic of the replay's own");
    }

    @Test
    void topicsOfItsOwnAreRight() {
        ReplayWords words = new ReplayWords(base(), "mine");
        JobSettings settings = read(words);

        words.requireTopicsApart(settings, "--rejected-topic");
        assertThat(settings.rejectedTopic()).isEqualTo("mine.rejected");
    }

    private static List<String> base(String... more) {
        List<String> words = new ArrayList<>(List.of("conf/live.yaml"));
        words.addAll(List.of(more));
        return words;
    }

    private static JobSettings read(List<String> base, String... overrides) {
        return read(new ReplayWords(base, "mine"), overrides);
    }

    private static JobSettings read(ReplayWords words, String... overrides) {
        List<String> decided = List.of("--source.start", "earliest");
        return JobSettingsReader.read(
                LiftstreamJob.configuration(
                        words.all(words.apart("-again"), List.of(overrides), decided)));
    }
}
