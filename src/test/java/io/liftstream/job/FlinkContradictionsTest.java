package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of Flink that break what the job promises are refused before it starts. */
class FlinkContradictionsTest {

    @ParameterizedTest
    @CsvSource({
        "execution.checkpointing.mode, AT_LEAST_ONCE, EXACTLY_ONCE",
        "execution.runtime-mode, BATCH, STREAMING",
        "execution.runtime-mode, AUTOMATIC, STREAMING",
        "execution.checkpointing.checkpoints-after-tasks-finish, false, true"
    })
    void anOptionThatBreaksAPromiseIsRefused(String key, String value, String needed) {
        Configuration flink = Configuration.fromMap(Map.of(key, value));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);

        assertThat(FlinkContradictions.problems(env.getConfiguration()))
                .singleElement()
                .asString()
                .startsWith(
                        "option flink."
                                + key
                                + " is "
                                + value
                                + ": it must be "
                                + needed
                                + ", or ");
    }

    @Test
    void flinksDefaultsKeepThePromises() {
        assertThat(FlinkContradictions.problems(new Configuration())).isEmpty();
    }
}
