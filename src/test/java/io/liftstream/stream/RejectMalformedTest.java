package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectMalformedTest {
    private static final long BROKER_MILLIS = 1_700_000_000_000L;
    private static final long BROKER_NANOS = BROKER_MILLIS * 1_000_000;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Test
    void aUsableFramePassesAsItIs() throws Exception {
        CameraFrame frame = capturedAt(BROKER_NANOS);
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(frame)));

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .usingRecursiveComparison()
                    .isEqualTo(frame);
            assertThat(rejections(harness)).isEmpty();
        }
    }

    @Test
    void aRefusedRecordGoesToTheSideAsItIs() throws Exception {
        FrameRejection rejection =
                FrameRejection.withOriginal(
                        RejectionReason.KEY_MISMATCH, "parse", "detail", capturedAt(0));
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(rejection)));

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(rejections(harness))
                    .singleElement()
                    .usingRecursiveComparison()
                    .isEqualTo(rejection);
        }
    }

    @Test
    void ofARefusedRecordNoMoreTravelsThanMay() throws Exception {
        FrameRejection rejection =
                FrameRejection.withOriginal(
                        RejectionReason.KEY_MISMATCH, "parse", "detail", capturedAt(0));
        try (var harness = harness(new RejectMalformed(5_000, 2, 0))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(rejection)));
            harness.processElement(
                    new StreamRecord<>(ReceivedFrame.of(capturedAt(BROKER_NANOS + HOUR_NANOS))));

            assertThat(rejections(harness))
                    .hasSize(2)
                    .allSatisfy(cut -> assertThat(cut.original()).containsExactly(1, 2))
                    .allSatisfy(cut -> assertThat(cut.originalLength()).isEqualTo(3));
        }
    }

    @Test
    void aFrameFurtherAheadOfTheBrokerThanAllowedHasABadClock() throws Exception {
        CameraFrame frame = capturedAt(BROKER_NANOS + 5_000_000_001L);
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(frame)));

            assertThat(harness.extractOutputValues()).isEmpty();
            FrameRejection rejection = rejections(harness).get(0);
            assertThat(rejection.reason()).isEqualTo(RejectionReason.BAD_CLOCK);
            assertThat(rejection.stage()).isEqualTo("parse");
            assertThat(rejection.original()).isEqualTo(frame.payload());
            assertThat(rejection.detail())
                    .contains(
                            "2023-11-14T22:13:25.000000001Z", "just over 5 s ahead", "at most 5 s");
        }
    }

    @Test
    void aFrameExactlyAsFarAheadAsAllowedPasses() throws Exception {
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            harness.processElement(
                    new StreamRecord<>(
                            ReceivedFrame.of(capturedAt(BROKER_NANOS + 5_000_000_000L))));

            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void ofTwoCamerasTheOneAnHourAheadAloneIsRefused() throws Exception {
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            harness.processElement(
                    new StreamRecord<>(ReceivedFrame.of(capturedAt(BROKER_NANOS + HOUR_NANOS))));
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(capturedAt(BROKER_NANOS))));

            assertThat(harness.extractOutputValues())
                    .extracting(CameraFrame::captureTimeNanos)
                    .containsExactly(BROKER_NANOS);
            assertThat(rejections(harness))
                    .extracting(FrameRejection::reason)
                    .containsExactly(RejectionReason.BAD_CLOCK);
        }
    }

    @Test
    void framesFromThePastPassHoweverOldTheyAre() throws Exception {
        try (var harness = harness(new RejectMalformed(1, 100, 0))) {
            harness.processElement(
                    new StreamRecord<>(
                            ReceivedFrame.of(capturedAt(BROKER_NANOS - 24 * HOUR_NANOS))));
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(capturedAt(0))));

            assertThat(harness.extractOutputValues()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, microseconds as nanoseconds",
        "1000000, milliseconds as nanoseconds",
        "1000000000, seconds as nanoseconds",
    })
    void aTimeInAnotherUnitHasABadClockThatNamesTheMistake(long factor, String mistake)
            throws Exception {
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            CameraFrame wrong = capturedAt((BROKER_NANOS - HOUR_NANOS / 2) / factor);
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(wrong)));

            assertThat(harness.extractOutputValues()).isEmpty();
            FrameRejection rejection = rejections(harness).get(0);
            assertThat(rejection.reason()).isEqualTo(RejectionReason.BAD_CLOCK);
            assertThat(rejection.detail())
                    .startsWith("capture_time is 1970-01-")
                    .contains("the producer seems to write " + mistake);
        }
    }

    @Test
    void aSimulatedClockThatBeginsIn1970Passes() throws Exception {
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            for (long second = 0; second < 3_600; second++) {
                CameraFrame frame = capturedAt(second * 1_000_000_000);
                harness.processElement(new StreamRecord<>(ReceivedFrame.of(frame)));
            }

            assertThat(rejections(harness)).as("but for the one of 29:20").hasSizeLessThan(2);
        }
    }

    @Test
    void aFrameWithTheProducersTimeIsNotJudgedByIt() throws Exception {
        CameraFrame ahead = capturedAt(BROKER_NANOS + HOUR_NANOS);
        CameraFrame frame =
                new CameraFrame(
                        "gate",
                        ahead.captureTimeNanos(),
                        1,
                        ahead.payload(),
                        new Provenance("frames", 0, 7, BROKER_MILLIS, false));
        try (var harness = harness(new RejectMalformed(5_000, 100, 0))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(frame)));
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(ahead)));

            assertThat(harness.extractOutputValues())
                    .extracting(passed -> passed.provenance().stampedByBroker())
                    .containsExactly(false);
        }
    }

    @Test
    void thePayloadOfAFrameThatIsTooOldToBeLiftedIsLeftBehindAndItsPlaceInOrderIsNot()
            throws Exception {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(BROKER_MILLIS + 30_001), ZoneOffset.UTC);
        CameraFrame old = capturedAt(BROKER_NANOS);
        try (var harness = harness(new RejectMalformed(5_000, 100, 30_000, clock))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(old)));

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .usingRecursiveComparison()
                    .isEqualTo(old.withoutPayload());
            assertThat(old.withoutPayload().hasPayload()).isFalse();
        }
        try (var harness = harness(new RejectMalformed(5_000, 100, 30_001, clock))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(old)));
            assertThat(harness.extractOutputValues()).allMatch(CameraFrame::hasPayload);
        }
    }

    @Test
    void aFrameWithTheProducersTimeHasNoAge() throws Exception {
        CameraFrame frame =
                new CameraFrame(
                        "gate",
                        BROKER_NANOS,
                        1,
                        new byte[] {1},
                        new Provenance("frames", 0, 7, 0, false));
        try (var harness = harness(new RejectMalformed(5_000, 100, 1))) {
            harness.processElement(new StreamRecord<>(ReceivedFrame.of(frame)));
            assertThat(harness.extractOutputValues()).allMatch(CameraFrame::hasPayload);
        }
    }

    @Test
    void withoutTheGuardFramesFromTheFuturePass() throws Exception {
        try (var harness = harness(new RejectMalformed(0, 100, 0))) {
            harness.processElement(
                    new StreamRecord<>(ReceivedFrame.of(capturedAt(BROKER_NANOS + HOUR_NANOS))));

            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void aNegativeSkewIsRefusedByItsName() {
        assertThatThrownBy(() -> new RejectMalformed(-1, 100, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ordering.max-clock-skew is -1 ms");
    }

    private static OneInputStreamOperatorTestHarness<ReceivedFrame, CameraFrame> harness(
            RejectMalformed function) throws Exception {
        return ProcessFunctionTestHarnesses.forProcessFunction(function);
    }

    private static List<FrameRejection> rejections(
            OneInputStreamOperatorTestHarness<ReceivedFrame, CameraFrame> harness) {
        Queue<StreamRecord<FrameRejection>> side = harness.getSideOutput(RejectionOutput.TAG);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    private static CameraFrame capturedAt(long nanos) {
        return new CameraFrame(
                "gate",
                nanos,
                1,
                new byte[] {1, 2, 3},
                new Provenance("frames", 0, 7, BROKER_MILLIS));
    }
}
