package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a job's frames are told of. */
class JobLineTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Test
    void aLiveJobTellsWhatCameAndWhatBecameOfIt() {
        FrameCounts counts =
                new FrameCounts(
                        153,
                        149,
                        Map.of(RejectionReason.LATE, 1L, RejectionReason.UNREADABLE_IMAGE, 3L));

        assertThat(JobLine.live(counts, TEN_SECONDS, Samples.ofAges(210, 1_340, 12)))
                .isEqualTo(
                        "in 153, lifted 149 (14.9 fps), rejected 4 (UNREADABLE_IMAGE 3, LATE 1); age"
                                + " median 210 ms, oldest 1.3 s; 12 waiting on the topic");
    }

    @Test
    void agesAreLeftOutWhereNothingWasLifted() {
        assertThat(JobLine.live(FrameCounts.NONE, TEN_SECONDS, Samples.ofAges(0, 0, 0)))
                .isEqualTo("in 0, lifted 0 (0.0 fps), rejected 0");
    }

    @Test
    void agesAreLeftOutUntilTheTasksOfAJobThatWasStartedAgainHaveLifted() {
        FrameCounts beforeTheRestart = new FrameCounts(3, 3, Map.of());

        assertThat(JobLine.live(beforeTheRestart, TEN_SECONDS, Samples.ofAges(0, 0, 0)))
                .isEqualTo("in 3, lifted 3 (0.3 fps), rejected 0");
    }

    @Test
    void aReplayTellsHowFarItIsAndHowLongItTakesYet() {
        FrameCounts all = new FrameCounts(260, 248, Map.of(RejectionReason.LATE, 2L));
        FrameCounts last = new FrameCounts(100, 100, Map.of());

        assertThat(JobLine.replay(all, last, TEN_SECONDS, 1_000))
                .isEqualTo(
                        "250 of 1000 frames (25 %), 10.0 fps, 1 min 15 s left; lifted 248, rejected 2"
                                + " (LATE 2)");
    }

    @Test
    void aReplayThatCountsFramesAgainAfterARestartIsNeverMoreThanDone() {
        FrameCounts all = new FrameCounts(12, 12, Map.of());

        assertThat(JobLine.replay(all, all, TEN_SECONDS, 10))
                .startsWith("10 of 10 frames (100 %), 1.2 fps; lifted 12");
    }

    @Test
    void aReplayOfNothingIsDone() {
        assertThat(JobLine.replay(FrameCounts.NONE, FrameCounts.NONE, TEN_SECONDS, 0))
                .startsWith("0 of 0 frames (100 %)");
    }

    @Test
    void theEndTellsWhatWasDoneInAll() {
        FrameCounts all = new FrameCounts(5, 4, Map.of(RejectionReason.SHED, 1L));

        assertThat(JobLine.end(all, Duration.ofMinutes(75)))
                .isEqualTo("in 5, lifted 4, rejected 1 (SHED 1) in 1 h 15 min");
    }
}
