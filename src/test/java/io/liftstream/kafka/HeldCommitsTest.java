package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldCommitsTest {
    private long seconds;
    private final HeldCommits commits =
            new HeldCommits(Duration.ofSeconds(10), () -> TimeUnit.SECONDS.toNanos(seconds));

    @Test
    void nothingIsCommittedBeforeTheWaitIsOver() {
        checkpoint(1, 0, 1);

        assertThat(checkpoint(2, 5, 6)).isEmpty();
        assertThat(checkpoint(3, 10, 11)).isEmpty();
    }

    @Test
    void offsetsAreCommittedWithTheCheckpointAfterTheOneThatDecidedThem() {
        checkpoint(1, 0, 1);
        checkpoint(2, 11, 12);

        assertThat(checkpoint(3, 13, 14)).hasValue(1);
        assertThat(checkpoint(4, 15, 16)).isEmpty();
    }

    @Test
    void aCheckpointThatBeganBeforeTheWaitWasOverDecidesNothingHoweverLongItTook() {
        checkpoint(1, 0, 1);
        checkpoint(2, 10, 100);

        assertThat(checkpoint(3, 101, 102)).isEmpty();
    }

    @Test
    void theLatestOfSeveralIsCommitted() {
        checkpoint(1, 0, 1);
        checkpoint(2, 2, 3);
        checkpoint(3, 4, 5);
        checkpoint(4, 14, 15);

        assertThat(checkpoint(5, 16, 17)).hasValue(2);
    }

    @Test
    void withoutAWaitOffsetsFollowTwoCheckpointsBehind() {
        HeldCommits atOnce = new HeldCommits(Duration.ZERO, () -> seconds);
        atOnce.started(1);
        atOnce.completed(1);
        atOnce.started(2);
        atOnce.completed(2);
        atOnce.started(3);

        assertThat(atOnce.completed(3)).hasValue(1);
    }

    @Test
    void aCheckpointThatFailedDecidesNothing() {
        checkpoint(1, 0, 1);
        seconds = 20;
        commits.started(2);

        assertThat(checkpoint(3, 21, 22)).isEmpty();
        assertThat(checkpoint(4, 23, 24)).hasValue(1);
    }

    private OptionalLong checkpoint(long id, long startedAt, long completedAt) {
        seconds = startedAt;
        commits.started(id);
        seconds = completedAt;
        return commits.completed(id);
    }
}
