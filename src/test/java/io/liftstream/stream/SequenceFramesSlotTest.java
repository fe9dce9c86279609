package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.LATE_AFTER_FLUSH;
import static io.liftstream.frame.RejectionReason.TOO_MANY_CAMERAS;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.FrameRejection;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What all cameras of a slot may hold together: 1,000 bytes and three cameras here. */
class SequenceFramesSlotTest {
    private static final SlotBounds SMALL = new SlotBounds(1_000, 3);
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, true, 0, 100, 1_000_000, 0);
    private static final SequencingSettings FORGETFUL =
            new SequencingSettings(500_000_000L, true, 5_000, 100, 1_000_000, 10_000);

    private final Frames frames = new Frames();

    @Test
    void theFullestCamerasFramesLeaveWhenTheSlotIsFull() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY, SMALL)) {
            order.send(frames.of("a", 1000, 0, 300), frames.of("a", 1100, 1, 300));
            order.send(frames.of("b", 1000, 0, 100), frames.of("c", 1000, 0, 300));
            assertThat(order.released()).isEmpty();

            order.send(frames.of("b", 1100, 1, 1));
            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1100/1");
            assertThat(order.released())
                    .extracting(released -> released.frame().cameraId())
                    .containsOnly("a");
            assertThat(order.value("pendingBytes")).isEqualTo(401L);
            assertThat(order.count("framesReleasedForMemory")).isEqualTo(2);
        }
    }

    @Test
    void whatComesAfterIsJudgedAsIfTheyWereStillPending() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY, SMALL)) {
            order.send(frames.of("a", 1000, 1, 600), frames.of("a", 1100, 2, 600));
            assertThat(order.releasedPositions()).containsExactly("0:1000/1", "0:1100/2");

            order.send(frames.of("a", 900, 0), frames.of("a", 1050, 9), frames.of("a", 1500, 3));
            assertThat(order.reasons()).containsExactly(LATE_AFTER_FLUSH, LATE_AFTER_FLUSH);
            assertThat(order.rejections().get(0).detail())
                    .contains("ordering.max-pending-bytes-per-slot");
            order.endInput();
            assertThat(order.releasedPositions()).endsWith("0:1100/2", "0:1500/3");
        }
    }

    @Test
    void largeFramesOfClocksThatStandStillNeverHoldMoreThanTheSlotMay() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY, SMALL)) {
            for (int i = 0; i < 300; i++) {
                order.send(frames.of("camera-" + i % 3, 1000, 2L * i, 90));
                assertThat((long) order.value("pendingBytes")).isLessThanOrEqualTo(1_000);
            }
            order.endInput();
            assertThat(order.released()).hasSize(300);
        }
    }

    @Test
    void aCameraBeyondThoseThatASlotMayKnowIsRefused() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY, SMALL)) {
            for (int i = 0; i < 10; i++) {
                order.send(frames.of("camera-" + i, 1000, 0));
            }
            order.send(frames.of("camera-0", 1100, 1));
            order.endInput();

            assertThat(order.released()).hasSize(4);
            assertThat(order.reasons()).hasSize(7).containsOnly(TOO_MANY_CAMERAS);
            assertThat(order.rejections())
                    .extracting(FrameRejection::detail)
                    .first()
                    .asString()
                    .contains("camera-3", "3 cameras (ordering.max-cameras)");
            assertThat(order.value("cameras")).isEqualTo(3L);
        }
    }

    @Test
    void aForgottenCameraMakesRoom() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(FORGETFUL, SMALL)) {
            order.send(frames.of("a", 1000, 0), frames.of("b", 1000, 0), frames.of("c", 1000, 0));
            order.wallClock(5_000);
            order.wallClock(10_000);
            assertThat(order.value("cameras")).isEqualTo(0L);

            order.send(frames.of("d", 1000, 0));
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void restoredCamerasCount() throws Exception {
        OperatorSubtaskState state;
        try (SequencingHarness before = SequencingHarness.start(REPLAY, SMALL)) {
            before.send(frames.of("a", 1000, 0), frames.of("b", 1000, 0), frames.of("c", 1, 0));
            state = before.snapshot(1);
        }
        try (SequencingHarness after = SequencingHarness.restore(REPLAY, SMALL, state)) {
            after.send(frames.of("d", 1000, 0));
            assertThat(after.reasons()).containsExactly(TOO_MANY_CAMERAS);
        }
    }

    @Test
    void withoutNumbersTheBoundsGoByTheHeap() {
        SlotBounds bounds = SlotBounds.OF_HEAP.resolved(1L << 30, 2);

        assertThat(bounds).isEqualTo(new SlotBounds(1L << 27, 6_553));
        assertThat(new SlotBounds(5, 6).resolved(1L << 30, 2)).isEqualTo(new SlotBounds(5, 6));
    }
}
