package io.liftstream.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "1, 1 ns",
        "1500, 1.5 us",
        "999999, 1 ms",
        "1040000, 1 ms",
        "267400000, 267 ms",
        "999600000, 1 s",
        "1300000000, 1.3 s",
        "5000000001, 5 s",
        "9960000000, 10 s",
        "59600000000, 1 min",
        "61000000000, 1 min 1 s",
        "300200000000, 5 min",
        "3599952038260, 1 h",
        "7260000000000, 2 h 1 min",
        "93599991450085, 26 h",
        "34559999992256266, 400 days"
    })
    void hasTheUnitsThatMatter(long nanos, String text) {
        assertThat(DurationText.of(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"5000000001, just over 5 s", "7250000000, 7.3 s", "5100000000, 5.1 s"})
    void whatExceedsALimitNeverReadsLikeIt(long nanos, String text) {
        assertThat(DurationText.exceeding(Duration.ofNanos(nanos), Duration.ofSeconds(5)))
                .isEqualTo(text);
    }
}
