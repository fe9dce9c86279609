package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.DUPLICATE;
import static io.liftstream.frame.RejectionReason.LATE;
import static io.liftstream.frame.RejectionReason.LATE_AFTER_FLUSH;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import org.junit.jupiter.api.Test;

/** Live: flushing after five seconds of silence, and forgetting a camera after a day of it. */
class SequenceFramesSilenceTest {
    private static final long DAY = 86_400_000;
    private static final SequencingSettings LIVE =
            new SequencingSettings(500_000_000L, false, 5_000, 100, 1_000_000, 0);
    private static final SequencingSettings FORGETFUL =
            new SequencingSettings(500_000_000L, false, 5_000, 100, 1_000_000, DAY);
    private static final SequencingSettings FORGETFUL_ONLY =
            new SequencingSettings(500_000_000L, false, 0, 100, 1_000_000, DAY);

    private final Frames frames = new Frames();

    @Test
    void silenceReleasesWhatIsPending() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0), frames.at(1100, 1));
            order.wallClock(4_999);
            assertThat(order.released()).isEmpty();

            order.wallClock(5_000);
            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1100/1");
            assertThat(order.timers()).isZero();
            assertThat(order.stateEntries()).isEqualTo(1);
        }
    }

    @Test
    void aReleasedFrameSaysForHowLongItWasHeld() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0));
            order.wallClock(300);
            order.send(frames.at(1600, 1));
            order.wallClock(5_000);
            order.wallClock(5_300);
            assertThat(order.released())
                    .extracting(SequencedFrame::heldMillis)
                    .containsExactly(300L, 5_000L);
        }
    }

    @Test
    void framesThatWaitBehindABusyTaskGetTheirTurnBeforeTheFlush() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 1));
            order.wallClock(7_000);
            assertThat(order.released()).isEmpty();

            order.send(frames.at(900, 0));
            order.wallClock(12_000);
            assertThat(order.releasedPositions()).containsExactly("0:900/0", "0:1000/1");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void aTaskThatIsAlwaysBusyStillFlushes() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0));
            order.wallClock(7_000);
            order.wallClock(14_000);
            assertThat(order.releasedPositions()).containsExactly("0:1000/0");
        }
    }

    @Test
    void eachFrameWaitsNoLongerThanItsOwnTimeSinceItsArrival() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0));
            order.wallClock(4_000);
            order.send(frames.at(1100, 1));
            order.wallClock(5_000);
            assertThat(order.releasedPositions()).containsExactly("0:1000/0");
            assertThat(order.timers()).isEqualTo(1);

            order.wallClock(9_000);
            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1100/1");
        }
    }

    @Test
    void aFrameThatLeavesInTimeTakesThoseBeforeItAlong() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1100, 1));
            order.wallClock(4_000);
            order.send(frames.at(1000, 0), frames.at(1200, 2));
            order.wallClock(5_000);

            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1100/1");
        }
    }

    @Test
    void framesOfAClockThatStandsStillDoNotWaitForIt() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            for (int i = 0; i < 400; i++) {
                order.wallClock(i * 100L);
                order.send(frames.uncounted(Math.min(i, 30) * 100L));
                long waiting = i + 1L - order.released().size();
                assertThat(waiting).as("after %s frames", i + 1).isLessThanOrEqualTo(51);
            }
            assertThat(order.rejections()).isEmpty();
            assertThat(order.count("flushedFrames")).isGreaterThan(300);
        }
    }

    @Test
    void aFrameThatTheFlushOvertookIsLateAfterFlush() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0), frames.at(1200, 2));
            order.wallClock(5_000);

            order.send(frames.at(1100, 1), frames.at(699, 0), frames.at(1200, 2));
            assertThat(order.reasons()).containsExactly(LATE_AFTER_FLUSH, LATE, DUPLICATE);
            assertThat(order.rejections().get(0).detail()).contains("at most 5 s", "01.200Z");
        }
    }

    @Test
    void aFrameAfterTheFlushedOnesHasItsPlace() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0), frames.at(1200, 2));
            order.wallClock(5_000);

            order.send(frames.at(1700, 4), frames.at(1201, 3));
            order.wallClock(10_000);
            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/0", "0:1200/2", "0:1201/3", "0:1700/4");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void aFrameBehindOneReleasedInItsTimeIsLateAlthoughAFlushWentBefore() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0));
            order.wallClock(5_000);
            order.send(frames.at(1400, 4), frames.at(1900, 9));

            order.send(frames.at(1400, 3));
            assertThat(order.reasons()).containsExactly(LATE);
        }
    }

    @Test
    void thereIsAtMostOneTimerForACamera() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(FORGETFUL)) {
            for (int i = 0; i < 100; i++) {
                order.wallClock(i * 700L);
                order.send(frames.of("a", 1000 + i * 700L, i), frames.of("b", 1000 + i, i));
                assertThat(order.timers()).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void theEndOfInputReleasesWhatSilenceHasNot() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            order.send(frames.at(1000, 0));
            order.endInput();
            assertThat(order.releasedPositions()).containsExactly("0:1000/0");

            order.wallClock(5_000);
            assertThat(order.timers()).isZero();
        }
    }

    @Test
    void aSilentCameraIsForgottenInTheEnd() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(FORGETFUL)) {
            order.send(frames.at(1000, 0));
            order.wallClock(5_000);
            order.wallClock(DAY - 1);
            assertThat(order.stateEntries()).isEqualTo(1);

            order.wallClock(DAY);
            assertThat(order.stateEntries()).isZero();
            assertThat(order.timers()).isZero();

            order.send(frames.at(500, 0));
            order.wallClock(DAY + 5_000);
            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:500/0");
        }
    }

    @Test
    void aCameraThatWasForgottenBeginsAHigherEpoch() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(FORGETFUL)) {
            order.send(stampedAt(100, 0), stampedAt(101, 1));
            order.wallClock(5_000);
            order.wallClock(DAY);
            assertThat(order.stateEntries()).isZero();

            order.send(stampedAt(500, 2));
            order.endInput();
            assertThat(order.released())
                    .extracting(released -> released.epoch())
                    .containsExactly(100, 100, 500);
        }
    }

    private static CameraFrame stampedAt(long second, long offset) {
        return new CameraFrame(
                Frames.CAMERA,
                offset,
                offset,
                new byte[1],
                new Provenance("frames", 0, offset, second * 1000));
    }

    @Test
    void aCameraThatIsHeardFromIsNotForgotten() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(FORGETFUL)) {
            order.send(frames.at(1000, 0));
            order.wallClock(DAY / 2);
            order.send(frames.at(2000, 1));
            order.wallClock(DAY + 1);
            order.send(frames.at(1000, 0));

            assertThat(order.reasons()).containsExactly(DUPLICATE);
            assertThat(order.timers()).isEqualTo(1);
        }
    }

    @Test
    void aCameraWithPendingFramesIsNeverForgotten() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(FORGETFUL_ONLY)) {
            order.send(frames.at(1000, 0));
            order.wallClock(10 * DAY);
            order.endInput();

            assertThat(order.releasedPositions()).containsExactly("0:1000/0");
        }
    }

    @Test
    void inReplayThereAreNoTimersAtAll() throws Exception {
        SequencingSettings replay =
                new SequencingSettings(500_000_000L, false, 0, 100, 1_000_000, 0);
        try (SequencingHarness order = SequencingHarness.start(replay)) {
            order.send(frames.at(1000, 0), frames.at(2000, 1));

            assertThat(order.timers()).isZero();
            order.wallClock(100 * DAY);
            assertThat(order.releasedPositions()).containsExactly("0:1000/0");
        }
    }
}
