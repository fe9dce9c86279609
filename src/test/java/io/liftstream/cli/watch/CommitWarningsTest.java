package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.OperatorIds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Transactions that did not commit are told of, each once. */
class CommitWarningsTest {
    private static final Instant STATE = Instant.parse("2026-11-27T12:03:04Z");

    private final CommitWarnings warnings =
            new CommitWarnings(
                    Map.of(
                            OperatorIds.DEPTH_SINK, "hall.depth",
                            OperatorIds.REJECTED_SINK, "hall.rejected"),
                    Duration.ofMinutes(15),
                    ZoneOffset.UTC);

    @Test
    void aTransactionThatDidNotCommitIsToldOnceWithItsTopicItsTimeAndWhatToDo() {
        assertThat(depth(4, 0)).isEmpty();
        assertThat(depth(6, 1))
                .containsExactly(
                        "1 transaction to topic hall.depth did not commit: the broker had ended it."
                                + " If the job or the brokers were down for longer than"
                                + " sink.transaction-timeout (15 min), records written before"
                                + " 12:03:04 are missing; otherwise they were committed before the"
                                + " job failed. liftstream audit lists the frames that have no"
                                + " outcome; liftstream replay lifts them again");
        assertThat(depth(6, 1)).isEmpty();
        assertThat(depth(8, 1)).isEmpty();
    }

    @Test
    void failuresOfATaskThatStartedAnewAreToldAlthoughItsCounterBeganAnew() {
        assertThat(depth(20, 1)).hasSize(1);
        assertThat(depth(1, 1)).singleElement().asString().startsWith("1 transaction to");
        assertThat(depth(4, 3)).singleElement().asString().startsWith("2 transactions to");
    }

    @Test
    void theRejectedTopicIsNamedWhereItsSinkFailed() {
        assertThat(warnings.of(Samples.ofCommits(OperatorIds.REJECTED_SINK, 1, 1, null)))
                .singleElement()
                .asString()
                .contains("to topic hall.rejected")
                .contains("before this start");
    }

    private List<String> depth(long tried, long failed) {
        return warnings.of(Samples.ofCommits(OperatorIds.DEPTH_SINK, tried, failed, STATE));
    }
}
