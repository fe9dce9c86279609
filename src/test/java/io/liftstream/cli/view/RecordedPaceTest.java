package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordedPaceTest {
    private long now = 1_000;
    private final RecordedPace pace = new RecordedPace(() -> now);

    @Test
    void theFirstFrameIsDueAtOnceAndLaterOnesAsLongAfterItAsTheyWereCaptured() {
        assertThat(pace.untilTurn(500_000)).isZero();
        assertThat(pace.untilTurn(500_300)).isEqualTo(300);
        now += 200;
        assertThat(pace.untilTurn(500_300)).isEqualTo(100);
        now += 200;
        assertThat(pace.untilTurn(500_300)).isEqualTo(-100);
    }

    @Test
    void aFrameFromBeforeTheFirstIsDueAtOnce() {
        pace.untilTurn(500_000);

        assertThat(pace.untilTurn(400_000)).isNegative();
    }
}
