package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a user reads of Flink's stack traces. */
class FailureLineTest {

    @Test
    void theInnermostCauseIsToldWithoutItsClass() {
        String trace =
                """
                org.apache.flink.runtime.JobException: Recovery is suppressed
                \tat org.apache.flink.Foo.bar(Foo.java:1)
                Caused by: java.lang.RuntimeException: a task failed
                \t... 3 more
                Caused by: java.io.IOException: No space left on device
                \t... 5 more
                """;

        assertThat(FailureLine.of(trace)).isEqualTo("No space left on device");
    }

    @Test
    void aFailureWithoutWordsKeepsItsName() {
        assertThat(FailureLine.of("java.lang.NullPointerException"))
                .isEqualTo("NullPointerException");
    }

    @Test
    void plainWordsStayAsTheyAre() {
        assertThat(FailureLine.of("Checkpoint expired before completing."))
                .isEqualTo("Checkpoint expired before completing");
    }
}
