package io.liftstream.lifting.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.scale.KnownPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which calibrations count, and which of them a frame gets. */
class CalibrationHistoryTest {
    private static final long MILLI = 1_000_000;
    private static final CalibrationOrder ORDER = new CalibrationOrder(5_000);

    @Test
    void aFrameGetsWhatWasPublishedBeforeItAndHeldAtItsCapture() {
        CalibrationHistory history = new CalibrationHistory();
        history.add(calibration(100, 1_000, "a"), ORDER);
        history.add(calibration(200, 2_000, "b"), ORDER);

        assertThat(history.inForce(3_000, 99 * MILLI)).isNull();
        assertThat(history.inForce(3_000, 100 * MILLI).sha256()).isEqualTo("a");
        assertThat(history.inForce(3_000, 200 * MILLI - 1).sha256()).isEqualTo("a");
        assertThat(history.inForce(3_000, 200 * MILLI).sha256()).isEqualTo("b");
        assertThat(history.inForce(1_999, 300 * MILLI).sha256()).isEqualTo("a");
        assertThat(history.inForce(999, 300 * MILLI)).isNull();
        assertThat(history.inForce(Long.MAX_VALUE, 300 * MILLI).sha256()).isEqualTo("b");
    }

    @Test
    void whatRepeatsChangesNothing() {
        CalibrationHistory history = new CalibrationHistory();
        assertThat(history.add(calibration(100, 1_000, "a"), ORDER)).isTrue();
        for (int frame = 1; frame < 10_000; frame++) {
            assertThat(history.add(calibration(100 + frame, 1_000 + frame, "a"), ORDER)).isFalse();
        }
        assertThat(history.inForce(20_000, 20_000 * MILLI).validFromNanos()).isEqualTo(100 * MILLI);
        assertThat(history.add(calibration(20_000, 20_000, "b"), ORDER)).isTrue();
        assertThat(history.add(calibration(20_001, 20_001, "a"), ORDER)).isTrue();
    }

    @Test
    void lateContradictoryAndPrematureCalibrationsAreRefusedWithTheirTimes() {
        CalibrationOrder.Mark mark = CalibrationOrder.Mark.after(null, calibration(100, 100, "a"));

        assertThat(ORDER.problem(mark, calibration(99, 200, "b")))
                .isEqualTo(
                        "it holds from 1970-01-01T00:00:00.099Z, before the calibration that is"
                                + " published already (1970-01-01T00:00:00.100Z): it comes too late,"
                                + " frames were lifted without it; let it hold from later on, or"
                                + " begin another topic");
        assertThat(ORDER.problem(mark, calibration(100, 200, "b")))
                .contains("00.100Z", "contradict each other");
        assertThat(ORDER.problem(mark, calibration(100, 200, "a"))).isNull();
        assertThat(ORDER.problem(null, calibration(5_201, 200, "b")))
                .isEqualTo(
                        "it holds from 1970-01-01T00:00:05.201Z, just over 5 s after it was published: it may"
                                + " begin 5 s (ordering.max-clock-skew) after that; publish it when"
                                + " it holds");
        assertThat(ORDER.problem(null, calibration(5_200, 200, "b"))).isNull();
        assertThat(new CalibrationOrder(0).problem(null, calibration(9_000_000, 0, "b"))).isNull();
    }

    @Test
    void aCameraHasSoManyCalibrationsAndNoMore() {
        CalibrationHistory history = new CalibrationHistory();
        for (int i = 0; i < CalibrationOrder.MAX_OF_A_CAMERA; i++) {
            assertThat(history.add(calibration(i, i, "c" + i), ORDER)).isTrue();
        }
        assertThat(history.add(calibration(9_000, 9_000, "more"), ORDER)).isFalse();
        assertThat(history.inForce(Long.MAX_VALUE, Long.MAX_VALUE).sha256()).isEqualTo("c4095");
    }

    /** A live run knows a beginning of the topic, a replay all of it: the frame gets the same. */
    @Test
    void whatIsPublishedAfterAFrameNeverChangesIt() {
        Random random = new Random(7);
        List<DatedCalibration> topic = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            topic.add(
                    calibration(
                            random.nextInt(3_000) - 1_500 + 10L * i,
                            10L * i,
                            "c" + random.nextInt(5)));
        }
        CalibrationHistory whole = historyOf(topic);
        for (int i = 0; i < topic.size(); i++) {
            CalibrationHistory known = historyOf(topic.subList(0, i + 1));
            long appended = topic.get(i).appendedMillis();
            for (int capture = -1_500; capture < 4_500; capture += 97) {
                assertThat(whole.inForce(appended, capture * MILLI))
                        .isEqualTo(known.inForce(appended, capture * MILLI));
            }
        }
    }

    private static CalibrationHistory historyOf(List<DatedCalibration> topic) {
        CalibrationHistory history = new CalibrationHistory();
        topic.forEach(calibration -> history.add(calibration, ORDER));
        return history;
    }

    private static DatedCalibration calibration(
            long validFromMillis, long appendedMillis, String content) {
        return new DatedCalibration(
                validFromMillis * MILLI,
                appendedMillis,
                content,
                new CameraCalibration(
                        4, 3, new Intrinsics(4, 4, 2, 1), LensModel.PLUMB_BOB, List.of()),
                null,
                Rectification.NONE,
                KnownPoints.NONE);
    }
}
