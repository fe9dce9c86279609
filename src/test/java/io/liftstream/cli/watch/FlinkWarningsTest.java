package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlinkWarningsTest {
    private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

    private final FlinkWarnings warnings = new FlinkWarnings(START);
    private final IOException failure = new IOException("http://127.0.0.1:8081/jobs answers 404");

    @Test
    void aFlinkThatStaysSilentIsToldOfOnceAndSoIsItsReturn() {
        assertThat(warnings.silent(failure, START.plusSeconds(14))).isEmpty();
        assertThat(warnings.silent(failure, START.plusSeconds(15)))
                .containsExactly(
                        "Flink has not answered for 15 s (http://127.0.0.1:8081/jobs answers 404):"
                                + " there is no status line until it does");
        assertThat(warnings.silent(failure, START.plusSeconds(16))).isEmpty();
        assertThat(warnings.answering(START.plusSeconds(20)))
                .containsExactly("Flink answers again, after 20 s");
        assertThat(warnings.answering(START.plusSeconds(21))).isEmpty();
    }

    @Test
    void aSecondSilenceIsToldOfAsTheFirst() {
        warnings.silent(failure, START.plusSeconds(30));
        warnings.answering(START.plusSeconds(40));

        assertThat(warnings.silent(failure, START.plusSeconds(50))).isEmpty();
        assertThat(warnings.silent(failure, START.plusSeconds(55))).hasSize(1);
    }
}
