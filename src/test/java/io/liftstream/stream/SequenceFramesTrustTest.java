package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.LATE;
import static io.liftstream.frame.RejectionReason.LATE_AFTER_FLUSH;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Order without waiting: a frame whose sequence comes next leaves at once. */
class SequenceFramesTrustTest {
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, true, 0, 100, 1_000_000, 0);
    private static final SequencingSettings LIVE =
            new SequencingSettings(500_000_000L, true, 5_000, 100, 1_000_000, 0);

    private final Frames frames = new Frames();

    @Test
    void aFrameWhoseSequenceComesNextLeavesAtOnce() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0), frames.at(1100, 1), frames.at(1499, 2));
            assertThat(order.released()).as("what came before the first is not known").isEmpty();

            order.send(frames.at(1500, 3));
            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/0", "0:1100/1", "0:1499/2", "0:1500/3");
            for (int i = 4; i < 100; i++) {
                order.send(frames.at(1200 + i * 100, i));
                assertThat(order.released()).hasSize(i + 1);
            }
            assertThat(order.stateEntries()).as("no payload is held").isEqualTo(1);
        }
    }

    @Test
    void aGapIsWaitedFor() throws Exception {
        try (SequencingHarness order = started(REPLAY)) {
            order.send(frames.at(1700, 7), frames.at(1800, 8));
            assertThat(order.releasedPositions()).endsWith("0:1500/5");

            order.send(frames.at(1600, 6));
            assertThat(order.releasedPositions()).endsWith("0:1600/6", "0:1700/7", "0:1800/8");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void aFrameThatWasLostIsWaitedForNoLongerThanTheBound() throws Exception {
        try (SequencingHarness order = started(REPLAY)) {
            order.send(frames.at(1700, 7), frames.at(2100, 8));
            assertThat(order.releasedPositions()).endsWith("0:1500/5");

            order.send(frames.at(2200, 9));
            assertThat(order.releasedPositions()).endsWith("0:1700/7", "0:2100/8", "0:2200/9");
        }
    }

    @Test
    void aCameraWhoseSequenceDoesNotRiseWithTimeLosesTheTrustForItsEpoch() throws Exception {
        try (SequencingHarness order = started(REPLAY)) {
            order.send(frames.at(1700, 6), frames.at(1600, 7));
            assertThat(order.reasons()).containsExactly(LATE);
            assertThat(order.rejections().get(0).detail()).contains("ordering.trust-sequence");
            assertThat(order.count("sequencesDistrusted")).isEqualTo(1);

            order.send(frames.at(1800, 7), frames.at(1750, 8));
            order.endInput();
            assertThat(order.releasedPositions()).endsWith("0:1700/6", "0:1750/8", "0:1800/7");
            assertThat(order.count("sequencesDistrusted")).isEqualTo(1);
        }
    }

    @Test
    void aNewEpochIsTrustedAgain() throws Exception {
        try (SequencingHarness order = started(REPLAY)) {
            order.send(frames.at(1700, 6), frames.at(1600, 7));
            order.send(frames.ofStream("b", 0, 0), frames.ofStream("b", 500, 1));
            order.send(frames.ofStream("b", 600, 2));

            assertThat(order.releasedPositions()).endsWith("1:0/0", "1:500/1", "1:600/2");
        }
    }

    @Test
    void aCameraThatDoesNotCountIsNotTrusted() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            for (int i = 0; i <= 10; i++) {
                order.send(frames.uncounted(1000 + i * 100));
            }
            assertThat(order.released()).hasSize(6);
        }
    }

    @Test
    void afterAFlushLiveWaitsAsReplayDoes() throws Exception {
        try (SequencingHarness order = started(LIVE)) {
            order.send(frames.at(1700, 7));
            order.wallClock(5_000);
            assertThat(order.releasedPositions()).endsWith("0:1700/7");

            order.send(frames.at(1800, 8));
            assertThat(order.releasedPositions()).endsWith("0:1700/7");

            order.send(frames.at(1600, 6));
            assertThat(order.reasons()).containsExactly(LATE_AFTER_FLUSH);
            assertThat(order.releasedPositions()).endsWith("0:1700/7", "0:1800/8");
        }
    }

    /** A camera whose frames 0 to 5, to 1500 ms, have left. */
    private SequencingHarness started(SequencingSettings options) throws Exception {
        SequencingHarness order = SequencingHarness.start(options);
        for (int i = 0; i <= 5; i++) {
            order.send(frames.at(1000 + i * 100, i));
        }
        assertThat(order.releasedPositions()).endsWith("0:1500/5");
        return order;
    }
}
