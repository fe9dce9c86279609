package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operator in Flink's harness. */
class JudgeCalibrationsTest {
    private static final List<CalibrationRecord> TOPIC =
            List.of(
                    Calibrations.published("gate", 1_000, 500, 0),
                    Calibrations.published("yard", 900, 500, 1),
                    Calibrations.published("gate", 1_100, 500, 2),
                    Calibrations.published("gate", 900, 510, 3),
                    Calibrations.published("gate", 1_000, 510, 4),
                    Calibrations.published("gate", 1_200, 0, 5),
                    Calibrations.published("gate", 90_000_000, 520, 6),
                    Calibrations.published("gate", 1_300, 530, 7));

    @Test
    void eachCalibrationThatDoesNotCountIsToldOfOnceWhateverTheRestarts() throws Exception {
        for (int stop = 0; stop <= TOPIC.size(); stop++) {
            List<FrameRejection> told = judged(stop);

            assertThat(told)
                    .extracting(one -> one.provenance().offset())
                    .containsExactly(3L, 4L, 5L, 6L);
            assertThat(told)
                    .allSatisfy(
                            one -> {
                                assertThat(one.reason()).isEqualTo(RejectionReason.BAD_CALIBRATION);
                                assertThat(one.stage()).isEqualTo("calibrate");
                                assertThat(one.cameraId()).isEqualTo("gate");
                                assertThat(one.original()).hasSize(20);
                                assertThat(one.originalLength()).isGreaterThan(20);
                            });
            assertThat(told)
                    .extracting(FrameRejection::detail)
                    .satisfiesExactly(
                            late -> assertThat(late).contains("comes too late"),
                            other -> assertThat(other).contains("contradict"),
                            absurd -> assertThat(absurd).startsWith("focal lengths are 0.0"),
                            early -> assertThat(early).contains("publish it when it holds"));
        }
    }

    @Test
    void aRecordWithoutAKeyIsToldOfWithoutACamera() throws Exception {
        try (var harness = harness()) {
            harness.open();
            CalibrationRecord right = Calibrations.published("gate", 1_000, 500, 0);
            harness.processElement(
                    new StreamRecord<>(
                            new CalibrationRecord(null, right.value(), right.provenance())));
            assertThat(harness.extractOutputValues().get(0).cameraId()).isNull();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    private static List<FrameRejection> judged(int stop) throws Exception {
        List<FrameRejection> told = new ArrayList<>();
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            judge(harness, TOPIC.subList(0, stop), told);
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            judge(harness, TOPIC.subList(stop, TOPIC.size()), told);
        }
        return told;
    }

    private static void judge(
            KeyedOneInputStreamOperatorTestHarness<String, CalibrationRecord, FrameRejection>
                    harness,
            List<CalibrationRecord> records,
            List<FrameRejection> told)
            throws Exception {
        for (CalibrationRecord record : records) {
            harness.processElement(new StreamRecord<>(record));
        }
        told.addAll(harness.extractOutputValues());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, CalibrationRecord, FrameRejection>
            harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new JudgeCalibrations(new CalibrationSettings(60_000, false), 20)),
                JudgeCalibrations::keyOf,
                Types.STRING);
    }
}
