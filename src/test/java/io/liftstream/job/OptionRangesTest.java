package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionRangesTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ordering.max-out-of-orderness | -1 ms     | a duration such as 500 ms or 5 s",
                "ordering.flush-after          | -1 ms     | a duration such as 500 ms or 5 s",
                "ordering.max-pending-frames   | 0         | at least 1",
                "ordering.max-pending-bytes    | 0         | between 1 byte and 1 gb",
                "ordering.position-ttl         | -1 ms     | a duration such as 500 ms or 5 s",
                "batching.max-frames           | 0         | at least 1",
                "batching.max-bytes            | 0         | at least 1 byte",
                "batching.linger               | -1 ms     | a duration such as 500 ms or 5 s",
                "live.max-age                  | -1 ms     | a duration such as 500 ms or 5 s",
                "source.idleness               | 0         | more than 0 ms",
                "inference.threads             | -1        | at least 0",
                "inference.device              | -2        | -1 or a GPU index",
                "image.max-pixels              | 0         | at least 1",
                "result.max-bytes              | 2 gb      | between 1 byte and 1 gb",
            })
    void anOptionOutOfItsRangeIsRefusedByItsKeyAndValue(String key, String value, String right) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(key + " is ")
                .hasMessageContaining("it must be " + right);
    }

    private static JobSettings read(String key, String value) {
        return JobSettingsReader.read(
                ConfigurationLoader.load(
                        null, List.of("--kafka.bootstrap-servers", "a:1", "--" + key, value)));
    }
}
