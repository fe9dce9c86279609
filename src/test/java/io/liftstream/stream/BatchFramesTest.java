package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.SequencedFrame;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class BatchFramesTest {
    private final Frames frames = new Frames();

    @Test
    void aBatchIsClosedWhenItHasAllItsFrames() throws Exception {
        try (var harness = harness(new BatchingSettings(2, 1_000, 50))) {
            send(harness, 1, 2, 3);
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L));

            send(harness, 4);
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
        }
    }

    @Test
    void aBatchOfOneIsNoBatching() throws Exception {
        try (var harness = harness(new BatchingSettings(1, 1_000, 50))) {
            send(harness, 1, 2);
            assertThat(batches(harness)).containsExactly(List.of(1L), List.of(2L));
        }
    }

    @Test
    void aFrameThatWouldMakeTheResultsTooLargeOpensTheNextBatch() throws Exception {
        try (var harness = harness(new BatchingSettings(10, 100, 50))) {
            sendSized(harness, 1, 60);
            sendSized(harness, 2, 41);
            assertThat(batches(harness)).containsExactly(List.of(1L));

            sendSized(harness, 3, 59);
            assertThat(batches(harness)).containsExactly(List.of(1L), List.of(2L, 3L));
        }
    }

    @Test
    void aFrameTooLargeForAnyBatchTravelsAlone() throws Exception {
        try (var harness = harness(new BatchingSettings(10, 100, 50))) {
            sendSized(harness, 1, 10);
            sendSized(harness, 2, 500);
            assertThat(batches(harness)).containsExactly(List.of(1L), List.of(2L));
        }
    }

    @Test
    void theFirstFrameOfABatchWaitsNoLongerThanTheLinger() throws Exception {
        try (var harness = harness(new BatchingSettings(10, 1_000, 50))) {
            send(harness, 1);
            harness.setProcessingTime(49);
            send(harness, 2);
            assertThat(batches(harness)).isEmpty();

            harness.setProcessingTime(50);
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L));
        }
    }

    @Test
    void theLingerOfAClosedBatchDoesNotCutTheNextOneShort() throws Exception {
        try (var harness = harness(new BatchingSettings(2, 1_000, 50))) {
            send(harness, 1);
            harness.setProcessingTime(40);
            send(harness, 2, 3);
            harness.setProcessingTime(89);
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L));

            harness.setProcessingTime(90);
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L), List.of(3L));
        }
    }

    @Test
    void nothingIsHeldAcrossABarrier() throws Exception {
        try (var harness = harness(new BatchingSettings(10, 1_000, 50))) {
            send(harness, 1, 2);
            harness.prepareSnapshotPreBarrier(1);
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L));

            assertThat(harness.snapshot(1, 0).getStateSize()).isZero();
        }
    }

    @Test
    void theEndOfInputClosesTheLastBatchOnce() throws Exception {
        try (var harness = harness(new BatchingSettings(10, 1_000, 50))) {
            send(harness, 1);
            harness.endInput();
            harness.setProcessingTime(1_000);
            assertThat(batches(harness)).containsExactly(List.of(1L));
        }
    }

    @Test
    void aWatermarkDoesNotCutABatchShort() throws Exception {
        try (var harness = harness(new BatchingSettings(10, 1_000, 50))) {
            send(harness, 1);
            harness.processWatermark(5);
            send(harness, 2);
            harness.endInput();
            assertThat(batches(harness)).containsExactly(List.of(1L, 2L));
        }
    }

    @Test
    void batchesCarryNoTimestamp() throws Exception {
        try (var harness = harness(new BatchingSettings(1, 1_000, 50))) {
            harness.processElement(new StreamRecord<>(sequenced(1, 1), 12_345));
            assertThat(harness.extractOutputStreamRecords())
                    .singleElement()
                    .matches(record -> !record.hasTimestamp());
        }
    }

    private static OneInputStreamOperatorTestHarness<SequencedFrame, FrameBatch> harness(
            BatchingSettings options) throws Exception {
        OneInputStreamOperatorTestHarness<SequencedFrame, FrameBatch> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new BatchFrames(options, frame -> frame.payload().length));
        harness.open();
        return harness;
    }

    private void send(
            OneInputStreamOperatorTestHarness<SequencedFrame, FrameBatch> harness,
            long... sequences)
            throws Exception {
        for (long sequence : sequences) {
            harness.processElement(new StreamRecord<>(sequenced(sequence, 1)));
        }
    }

    private void sendSized(
            OneInputStreamOperatorTestHarness<SequencedFrame, FrameBatch> harness,
            long sequence,
            int bytes)
            throws Exception {
        harness.processElement(new StreamRecord<>(sequenced(sequence, bytes)));
    }

    private SequencedFrame sequenced(long sequence, int bytes) {
        return new SequencedFrame(0, frames.of("gate", sequence, sequence, bytes));
    }

    private static List<List<Long>> batches(
            OneInputStreamOperatorTestHarness<SequencedFrame, FrameBatch> harness) {
        return harness.extractOutputValues().stream()
                .map(batch -> batch.frames().stream().map(f -> f.frame().sequence()).toList())
                .toList();
    }
}
