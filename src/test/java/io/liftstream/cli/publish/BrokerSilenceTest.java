package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrokerSilenceTest {
    private final BrokerSilence silence = new BrokerSilence("broker:9092", seconds(0));

    @Test
    void aSilenceIsToldOnceAndSoIsItsEnd() {
        assertThat(silence.look(3, 1, seconds(1))).isEmpty();
        assertThat(silence.look(5, 1, seconds(5))).isEmpty();
        assertThat(silence.look(7, 1, seconds(6)))
                .contains(
                        "broker:9092 has not answered for 5 s: 6 images wait, and fail when they have"
                                + " waited for 20 s");
        assertThat(silence.look(8, 1, seconds(7))).isEmpty();
        assertThat(silence.look(8, 2, seconds(8))).contains("broker:9092 answers again");
        assertThat(silence.look(9, 9, seconds(9))).isEmpty();
    }

    @Test
    void whoHasSentNothingNewIsNotWaitingForAnAnswer() {
        assertThat(silence.look(4, 4, seconds(1))).isEmpty();
        assertThat(silence.look(4, 4, seconds(100))).isEmpty();
        assertThat(silence.look(5, 4, seconds(104))).isEmpty();
        assertThat(silence.look(5, 4, seconds(105))).isPresent();
    }

    private static long seconds(long number) {
        return TimeUnit.SECONDS.toNanos(number);
    }
}
