package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.DUPLICATE;
import static io.liftstream.frame.RejectionReason.LATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.liftstream.frame.FrameRejection;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Each arrival order of one or two cameras, with a bound of 500 ms; no sequence is trusted. */
class SequenceFramesTest {
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, false, 0, 100, 1_000_000, 0);
    private static final SequencingSettings NO_PATIENCE =
            new SequencingSettings(0, false, 0, 100, 1_000_000, 0);

    private final Frames frames = new Frames();

    @Test
    void framesInOrderLeaveWhenTheirCamerasWatermarkReachesThem() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0), frames.at(1300, 1), frames.at(1499, 2));
            assertThat(order.released()).isEmpty();

            order.send(frames.at(1500, 3));
            assertThat(order.releasedPositions()).containsExactly("0:1000/0");

            order.endInput();
            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/0", "0:1300/1", "0:1499/2", "0:1500/3");
            assertThat(order.rejections()).isEmpty();
            assertNothingIsHeld(order, 1);
        }
    }

    @Test
    void framesOutOfOrderWithinTheBoundLeaveInOrder() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(
                    frames.at(1500, 5), frames.at(1000, 0), frames.at(1400, 4), frames.at(1100, 1));
            order.endInput();

            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/0", "0:1100/1", "0:1400/4", "0:1500/5");
            assertThat(order.rejections()).isEmpty();
            assertNothingIsHeld(order, 1);
        }
    }

    @Test
    void aFrameOlderThanTheWatermarkIsLate() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1500, 5), frames.at(999, 0), frames.at(1000, 1));
            order.endInput();

            assertThat(order.releasedPositions()).containsExactly("0:1000/1", "0:1500/5");
            assertThat(order.reasons()).containsExactly(LATE);
            assertThat(order.rejections().get(0).detail())
                    .contains(
                            "1970-01-01T00:00:00.999Z with sequence 0",
                            "501 ms behind",
                            "at most 500 ms behind");
        }
    }

    @Test
    void aFrameAtOrBeforeTheLastReleasedOneIsLate() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 7), frames.at(1500, 8));
            assertThat(order.releasedPositions()).containsExactly("0:1000/7");

            order.send(frames.at(1000, 6));
            assertThat(order.reasons()).containsExactly(LATE);
            assertThat(order.rejections().get(0).detail()).contains("sequence 7");
        }
    }

    @Test
    void aRejectionNamesItsFrameAndLeavesItsBytesOnTheTopic() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1500, 5), frames.of(Frames.CAMERA, 10, 1, 42));

            FrameRejection rejection = order.rejections().get(0);
            assertThat(rejection.stage()).isEqualTo("sequence");
            assertThat(rejection.cameraId()).isEqualTo(Frames.CAMERA);
            assertThat(rejection.captureTimeNanos()).isEqualTo(10_000_000L);
            assertThat(rejection.sequence()).isEqualTo(1L);
            assertThat(rejection.provenance().offset()).isEqualTo(1L);
            assertThat(rejection.original()).isNull();
            assertThat(rejection.originalLength()).isEqualTo(42);
        }
    }

    @Test
    void aFrameWhosePositionIsPendingIsADuplicate() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0), frames.at(1000, 0));
            order.endInput();

            assertThat(order.releasedPositions()).containsExactly("0:1000/0");
            assertThat(order.released().get(0).frame().provenance().offset()).isZero();
            assertThat(order.reasons()).containsExactly(DUPLICATE);
        }
    }

    @Test
    void aFrameThatWasReleasedLongAgoIsADuplicateToo() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0), frames.at(1100, 1), frames.at(50_000, 2));

            order.send(frames.at(1000, 0), frames.at(1100, 1), frames.at(1101, 1));
            assertThat(order.reasons()).containsExactly(DUPLICATE, DUPLICATE, LATE);
        }
    }

    @Test
    void framesOfEqualTimeWithoutASequenceAreOrderedByOffset() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            for (int frame = 0; frame < 100; frame++) {
                order.send(frames.uncounted(1000L * (frame / 10)));
            }
            order.endInput();

            assertThat(order.rejections()).isEmpty();
            assertThat(order.released())
                    .extracting(released -> released.frame().provenance().offset())
                    .isEqualTo(LongStream.range(0, 100).boxed().toList());
            assertThat(order.released())
                    .extracting(released -> released.frame().sequence())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aFrameWhosePositionWasJustReleasedIsADuplicate() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0), frames.at(1100, 1), frames.at(2000, 2));
            assertThat(order.releasedPositions()).containsExactly("0:1000/0", "0:1100/1");

            order.send(frames.at(1000, 0), frames.at(1100, 1));
            assertThat(order.reasons()).containsExactly(DUPLICATE, DUPLICATE);
        }
    }

    @Test
    void framesOfEqualTimeAreOrderedBySequence() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 2), frames.at(1000, 1), frames.at(1000, 3));
            order.endInput();

            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/1", "0:1000/2", "0:1000/3");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void withoutPatienceEveryFrameLeavesAtOnce() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(NO_PATIENCE)) {
            order.send(frames.at(1000, 1), frames.at(1000, 2), frames.at(1000, 1));
            order.send(frames.at(999, 0), frames.at(1001, 3));

            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/1", "0:1000/2", "0:1001/3");
            assertThat(order.reasons()).containsExactly(DUPLICATE, LATE);
            assertNothingIsHeld(order, 1);
        }
    }

    @Test
    void twoCamerasNeitherReleaseNorDelayNorRejectEachOther() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.of("a", 1000, 0), frames.of("b", 900_000, 0));
            assertThat(order.released()).isEmpty();

            order.send(frames.of("a", 1100, 1), frames.of("a", 1000, 0), frames.of("b", 1, 1));
            assertThat(order.rejections())
                    .extracting(FrameRejection::cameraId, FrameRejection::reason)
                    .containsExactly(tuple("a", DUPLICATE), tuple("b", LATE));

            order.endInput();
            assertThat(order.releasedPositions())
                    .containsExactlyInAnyOrder("0:1000/0", "0:1100/1", "0:900000/0");
            assertNothingIsHeld(order, 2);
        }
    }

    @Test
    void flinksWatermarksReleaseNothingEvenTheLast() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0));
            order.watermark(900_000);
            order.watermark(Long.MAX_VALUE);
            assertThat(order.released()).isEmpty();

            order.send(frames.at(900, 1), frames.at(1200, 2));
            order.endInput();
            assertThat(order.releasedPositions())
                    .containsExactly("0:900/1", "0:1000/0", "0:1200/2");
            assertThat(order.rejections()).isEmpty();
            assertNothingIsHeld(order, 1);
        }
    }

    private static void assertNothingIsHeld(SequencingHarness order, int cameras) {
        assertThat(order.timers()).isZero();
        assertThat(order.stateEntries()).as("position records alone").isEqualTo(cameras);
    }
}
