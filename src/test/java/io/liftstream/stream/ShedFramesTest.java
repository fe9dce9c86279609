package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.wire.RejectionCodec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ShedFramesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long MAX_AGE = 15_000;

    @Test
    void framesThatAreTooOldAreToldOfInOneRejectionForEachCameraAndPartition() throws Exception {
        try (var harness = harness(MAX_AGE)) {
            send(harness, frame("a", 0, 7, MAX_AGE + 4), frame("b", 1, 3, MAX_AGE + 1));
            send(harness, frame("a", 0, 9, MAX_AGE + 2), frame("a", 0, 8, MAX_AGE + 3));
            send(harness, frame("a", 0, 10, 0));
            assertThat(rejections(harness)).isEmpty();

            harness.setProcessingTime(1_000);
            assertThat(rejections(harness))
                    .extracting(
                            FrameRejection::reason,
                            FrameRejection::cameraId,
                            sum -> sum.frames().stream().map(Provenance::offset).toList())
                    .containsExactly(
                            tuple(RejectionReason.SHED, "a", List.of(7L, 8L, 9L)),
                            tuple(RejectionReason.SHED, "b", List.of(3L)));
            FrameRejection first = rejections(harness).get(0);
            assertThat(first.original()).isNull();
            assertThat(first.originalLength()).isEqualTo(5);
            assertThat(first.detail())
                    .startsWith(
                            "3 frames, the first of them on the topic since"
                                    + " 2026-01-02T03:03:49.996Z: live.max-age is 15 s");
            assertThat(harness.extractOutputValues())
                    .extracting(passed -> passed.frame().provenance().offset())
                    .containsExactly(10L);
        }
    }

    @Test
    void noSumIsOpenAcrossABarrierOrAfterTheEnd() throws Exception {
        try (var harness = harness(MAX_AGE)) {
            send(harness, frame("a", 0, 1, MAX_AGE + 1));
            harness.prepareSnapshotPreBarrier(1);
            assertThat(rejections(harness)).hasSize(1);

            send(harness, frame("a", 0, 2, MAX_AGE + 1));
            harness.endInput();
            assertThat(rejections(harness)).hasSize(2);
        }
    }

    /** With rejected.max-original-bytes 0 b, a rejection may have 4 KiB. */
    @Test
    void aSumHasFiveHundredFramesAtMost() throws Exception {
        try (var harness = harness(MAX_AGE)) {
            for (int i = 0; i <= 500; i++) {
                send(harness, frame("a", 0, i * 100_000L, MAX_AGE + 1));
            }
            FrameRejection sum = rejections(harness).get(0);
            assertThat(sum.frames()).hasSize(500);
            assertThat(RejectionCodec.encode(sum).length).isLessThan(4096);
            harness.setProcessingTime(1_000);
            assertThat(rejections(harness)).hasSize(2);
        }
    }

    @Test
    void aFrameThatItsProducerStampedHasNoAge() throws Exception {
        CameraFrame old = frame("a", 0, 1, MAX_AGE + 1);
        Provenance read = old.provenance();
        CameraFrame stamped =
                new CameraFrame(
                        "a",
                        0,
                        1,
                        old.payload(),
                        new Provenance("frames", 0, 1, read.brokerTimeMillis(), false));
        try (var harness = harness(MAX_AGE)) {
            send(harness, stamped);
            harness.endInput();
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(rejections(harness)).isEmpty();
        }
    }

    @Test
    void withoutAGreatestAgeNothingIsShed() throws Exception {
        try (var harness = harness(0)) {
            send(harness, frame("a", 0, 1, NOW.toEpochMilli()));
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void aFrameWhosePayloadWasLeftBehindIsShedWhateverThisMachinesClockSays() throws Exception {
        for (long maxAge : new long[] {MAX_AGE, 0}) {
            try (var harness = harness(maxAge)) {
                send(harness, frame("a", 0, 1, 0).withoutPayload());
                harness.endInput();
                assertThat(harness.extractOutputValues()).isEmpty();
                assertThat(rejections(harness))
                        .singleElement()
                        .extracting(FrameRejection::reason)
                        .isEqualTo(RejectionReason.SHED);
            }
        }
    }

    private static CameraFrame frame(String camera, int partition, long offset, long ageMillis) {
        long stamped = NOW.toEpochMilli() - ageMillis;
        return new CameraFrame(
                camera,
                0,
                offset,
                new byte[5],
                new Provenance("frames", partition, offset, stamped));
    }

    private static void send(
            OneInputStreamOperatorTestHarness<SequencedFrame, SequencedFrame> harness,
            CameraFrame... frames)
            throws Exception {
        for (CameraFrame frame : frames) {
            harness.processElement(new StreamRecord<>(new SequencedFrame(0, frame)));
        }
    }

    private static OneInputStreamOperatorTestHarness<SequencedFrame, SequencedFrame> harness(
            long maxAgeMillis) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ShedFrames(maxAgeMillis, Clock.fixed(NOW, ZoneOffset.UTC)));
        harness.open();
        return harness;
    }

    private static List<FrameRejection> rejections(
            OneInputStreamOperatorTestHarness<SequencedFrame, SequencedFrame> harness) {
        Queue<StreamRecord<FrameRejection>> side = harness.getSideOutput(RejectionOutput.TAG);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }
}
