package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.DUPLICATE;
import static io.liftstream.frame.RejectionReason.LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Restarts, steps of the clock, stragglers and frames that are sent again; 10 frames a second. */
class SequenceFramesEpochsTest {
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, true, 0, 100, 1_000_000, 0);
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int RUN = LateRun.CONFIRMING_FRAMES;

    private final Frames frames = new Frames();

    @Test
    void aClockThatIsSetBackWhileTheCameraCountsOnCostsTheRunThatConfirmsIt() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            sent.add(frames.at(HOUR + i * 100L - (i < 1500 ? 0 : 3 * MINUTE), i));
        }
        assertLost(RUN - 1, sent);
    }

    @Test
    void oneStampFarAheadCostsTheRunThatConfirmsTheOthers() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            sent.add(frames.at(HOUR + i * 100L + (i == 3000 ? 299_000 : 0), i));
        }
        assertLost(RUN - 1, sent);
    }

    @Test
    void aClockThatIsSetBackByAnHourIsFollowedWithoutASequence() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            sent.add(frames.uncounted(5 * HOUR + i * 100L - (i < 300 ? 0 : HOUR)));
        }
        assertLost(RUN - 1, sent);
    }

    @Test
    void aCameraThatStartsAnewTwiceInARowIsFollowed() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            sent.add(frames.at(HOUR + i * 100L, i));
        }
        sent.add(frames.at(HOUR - 100_000, 0));
        for (int i = 0; i < 100; i++) {
            sent.add(frames.at(HOUR - 200_000 + i * 100L, i));
        }
        assertLost(1 + RUN - 1, sent);
    }

    @Test
    void aBlockThatIsSentAgainIsDuplicateThroughout() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            sent.add(frames.at(HOUR + i * 100L, i));
        }
        for (int i = 300; i < 1500; i++) {
            sent.add(frames.at(HOUR + i * 100L, i));
        }
        sent.add(frames.at(HOUR + 150_000L, 1500));
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released()).hasSize(1501).allMatch(frame -> frame.epoch() == 0);
            assertThat(order.reasons()).hasSize(1200).containsOnly(DUPLICATE);
        }
    }

    @Test
    void aBlockThatIsSentAgainWithoutASequenceIsDuplicateThroughout() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            sent.add(frames.uncounted(HOUR + i * 100L));
        }
        for (int i = 0; i < 590; i++) {
            sent.add(frames.uncounted(HOUR + i * 100L));
        }
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released()).hasSize(600).allMatch(frame -> frame.epoch() == 0);
            assertThat(order.reasons()).hasSize(590).containsOnly(DUPLICATE);
        }
    }

    @Test
    void aStragglerIsLateHoweverOldItIs() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 390; i < 1000; i++) {
            sent.add(frames.at(HOUR + i * 100L, i));
        }
        sent.add(frames.at(HOUR + 38_900, 384));
        for (int i = 1000; i < 1010; i++) {
            sent.add(frames.at(HOUR + i * 100L, i));
        }
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released())
                    .extracting(released -> released.frame().sequence())
                    .isEqualTo(IntStream.range(390, 1010).mapToObj(i -> (long) i).toList());
            assertThat(order.reasons()).containsExactly(LATE);
        }
    }

    @Test
    void lateFramesBetweenFramesInTimeAreNoRun() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        sent.add(frames.at(HOUR, 0));
        for (int i = 1; i < 100; i++) {
            sent.add(frames.at(HOUR + i * 100L, 2L * i));
            sent.add(frames.at(i, 2L * i - 1));
        }
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released()).hasSize(100).allMatch(frame -> frame.epoch() == 0);
            assertThat(order.reasons()).hasSize(99).containsOnly(LATE);
        }
    }

    @Test
    void lateFramesThatDoNotRiseAreNoRun() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        sent.add(frames.at(HOUR, 1000));
        for (int i = 100; i > 0; i--) {
            sent.add(frames.at(i, i));
        }
        try (SequencingHarness order = run(sent)) {
            assertThat(order.releasedPositions()).containsExactly("0:" + HOUR + "/1000");
            assertThat(order.reasons()).hasSize(100).containsOnly(LATE);
        }
    }

    @Test
    void theOldEpochsFramesLeaveBeforeTheNewOnes() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        sent.add(frames.at(HOUR + 100, 51));
        sent.add(frames.at(HOUR, 50));
        for (int i = 0; i < RUN; i++) {
            sent.add(frames.at(i, i));
        }
        try (SequencingHarness order = run(sent)) {
            assertThat(order.releasedPositions())
                    .containsExactly("0:" + HOUR + "/50", "0:" + (HOUR + 100) + "/51", "1:9/9");
            assertThat(order.rejections().get(0).detail())
                    .contains("After 10 late frames in a row, of which this is number 1,");
            assertThat(order.count("epochsStarted")).isEqualTo(1);
        }
    }

    @Test
    void anotherStreamBeginsAnEpochAtOnceWhereverItsClockStands() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        sent.add(frames.ofStream("a", HOUR, 7));
        sent.add(frames.ofStream("b", HOUR, 7));
        sent.add(frames.ofStream("c", 0, 0));
        sent.add(frames.ofStream("d", 2 * HOUR, 1));
        try (SequencingHarness order = run(sent)) {
            assertThat(order.releasedPositions())
                    .containsExactly(
                            "0:" + HOUR + "/7",
                            "1:" + HOUR + "/7",
                            "2:0/0",
                            "3:" + 2 * HOUR + "/1");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void aFrameOfAStreamThatHasEndedIsLateOrADuplicate() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        sent.add(frames.ofStream("a", HOUR, 7));
        sent.add(frames.ofStream("b", 0, 0));
        sent.add(frames.ofStream("a", HOUR, 7));
        sent.add(frames.ofStream("a", HOUR + 100, 8));
        sent.add(frames.ofStream("b", 100, 1));
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released()).extracting(s -> s.epoch()).containsExactly(0, 1, 1);
            assertThat(order.reasons()).containsExactly(DUPLICATE, LATE);
            assertThat(order.rejections().get(1).detail())
                    .endsWith(" is of stream_id a, which ended when the camera began b");
        }
    }

    @Test
    void withinAStreamAnOldSequenceNeverBeginsAnEpoch() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 1000; i < 1000 + SeenPositions.CAPACITY + 500; i++) {
            sent.add(frames.ofStream("a", HOUR + i * 100L, i));
        }
        for (int i = 1000; i < 1400; i++) {
            sent.add(frames.ofStream("a", HOUR + i * 100L, i));
        }
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released()).allMatch(frame -> frame.epoch() == 0);
            assertThat(order.reasons()).hasSize(400).containsOnly(LATE);
        }
    }

    @Test
    void aClockThatIsSetBackWithinAStreamIsFollowed() throws Exception {
        List<CameraFrame> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add(frames.ofStream("a", HOUR + i * 100L - (i < 150 ? 0 : 3 * MINUTE), i));
        }
        assertLost(RUN - 1, sent);
    }

    @Test
    void anEpochIsTheSecondOfItsFirstRecordAndAlwaysRises() throws Exception {
        long now = 1_700_000_000L;
        List<CameraFrame> sent =
                List.of(
                        stampedAt(now, "a", 0),
                        stampedAt(now, "b", 1),
                        stampedAt(now, "c", 2),
                        stampedAt(now + 60, "d", 3),
                        stampedAt(now - 60, "e", 4));
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released())
                    .extracting(released -> released.epoch() - (int) now)
                    .containsExactly(0, 1, 2, 60, 61);
        }
    }

    @Test
    void epochsRiseBeyond2038() throws Exception {
        long beyond = 1L << 31;
        List<CameraFrame> sent =
                List.of(stampedAt(beyond - 1, "a", 0), stampedAt(beyond + 5, "b", 1));
        try (SequencingHarness order = run(sent)) {
            assertThat(order.released())
                    .extracting(released -> Integer.toUnsignedLong(released.epoch()))
                    .containsExactly(beyond - 1, beyond + 5);
        }
    }

    private static CameraFrame stampedAt(long second, String streamId, long offset) {
        return new CameraFrame(
                Frames.CAMERA,
                0,
                offset,
                true,
                streamId,
                new byte[1],
                new Provenance("frames", 0, offset, second * 1000 + 999));
    }

    /** All frames leave, but for so many that are LATE. */
    private static void assertLost(int late, List<CameraFrame> sent) throws Exception {
        try (SequencingHarness order = run(sent)) {
            assertThat(order.reasons()).hasSize(late).containsOnly(LATE);
            assertThat(order.released()).hasSize(sent.size() - late);
        }
    }

    private static SequencingHarness run(List<CameraFrame> sent) throws Exception {
        SequencingHarness order = SequencingHarness.start(REPLAY);
        order.send(sent.toArray(CameraFrame[]::new));
        order.endInput();
        return order;
    }
}
