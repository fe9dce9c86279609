package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.RejectionReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums over counters that begin anew. */
class JobTotalsTest {
    private final JobTotals totals = new JobTotals();

    @Test
    void countersThatBeginAnewAfterARestartLoseNothing() {
        totals.take(counts(10, 8, 2));
        totals.take(counts(12, 10, 2));
        totals.take(counts(3, 2, 1));

        assertThat(totals.all()).isEqualTo(counts(15, 12, 3));
    }

    @Test
    void eachLineTellsOfWhatCameSinceTheOneBefore() {
        totals.take(counts(10, 8, 2));
        assertThat(totals.isIdle()).isFalse();
        assertThat(totals.sinceLastLine()).isEqualTo(counts(10, 8, 2));
        assertThat(totals.isIdle()).isTrue();

        totals.take(counts(11, 9, 2));

        assertThat(totals.sinceLastLine()).isEqualTo(new FrameCounts(1, 1, Map.of()));
    }

    private static FrameCounts counts(long read, long lifted, long late) {
        return new FrameCounts(read, lifted, Map.of(RejectionReason.LATE, late));
    }
}
