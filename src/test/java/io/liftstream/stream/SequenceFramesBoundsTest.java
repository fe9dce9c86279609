package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.LATE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What one camera may hold: three frames and 100 bytes here. */
class SequenceFramesBoundsTest {
    private static final SequencingSettings SMALL =
            new SequencingSettings(500_000_000L, false, 0, 3, 100, 0);

    private final Frames frames = new Frames();

    @Test
    void theOldestFrameIsReleasedEarlyWhenTooManyArePending() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(SMALL)) {
            order.send(frames.at(1002, 2), frames.at(1001, 1), frames.at(1003, 3));
            assertThat(order.released()).isEmpty();

            order.send(frames.at(1004, 4));
            assertThat(order.releasedPositions()).containsExactly("0:1001/1");

            order.endInput();
            assertThat(order.releasedPositions())
                    .containsExactly("0:1001/1", "0:1002/2", "0:1003/3", "0:1004/4");
        }
    }

    @Test
    void aFrameBehindOneThatWasReleasedEarlyIsLateAndIsToldWhy() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(SMALL)) {
            order.send(frames.at(1001, 1), frames.at(1002, 2), frames.at(1003, 3));
            order.send(frames.at(1004, 4), frames.at(1000, 0));

            assertThat(order.reasons()).containsExactly(LATE);
            assertThat(order.rejections().get(0).detail()).contains("max-pending-frames");
        }
    }

    @Test
    void theNewFrameItselfLeavesFirstWhereItIsTheOldest() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(SMALL)) {
            order.send(frames.at(1001, 1), frames.at(1002, 2), frames.at(1003, 3));
            order.send(frames.at(1000, 0));

            assertThat(order.releasedPositions()).containsExactly("0:1000/0");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void asManyOldFramesAreReleasedEarlyAsTheBytesDemand() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(SMALL)) {
            order.send(frames.of("gate", 1000, 0, 40), frames.of("gate", 1001, 1, 50));
            assertThat(order.released()).isEmpty();

            order.send(frames.of("gate", 1002, 2, 60));
            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1001/1");
        }
    }

    @Test
    void aFrameLargerThanAllThatMayBeHeldLeavesAtOnceAfterThoseBeforeIt() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(SMALL)) {
            order.send(frames.of("gate", 1000, 0, 10), frames.of("gate", 1001, 1, 101));

            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1001/1");
            assertThat(order.stateEntries()).isEqualTo(1);
        }
    }

    @Test
    void oneCamerasBoundsLeaveTheOthersAlone() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(SMALL)) {
            for (int i = 0; i < 3; i++) {
                order.send(frames.of("a", 1000 + i, i, 30), frames.of("b", 1000 + i, i, 30));
            }

            assertThat(order.released()).isEmpty();
        }
    }
}
