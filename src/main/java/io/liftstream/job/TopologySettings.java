package io.liftstream.job;

import io.liftstream.stream.BatchingSettings;
import io.liftstream.stream.EstimateSettings;
import io.liftstream.stream.ExpectedResultBytes;
import io.liftstream.stream.LiftSettings;
import io.liftstream.stream.SequencingSettings;
import io.liftstream.stream.SlotBounds;
import java.time.Duration;

/**
 * Settings of the operators between source and sinks.
 *
 * @param clockGuardMillis how far ahead of the broker's clock a frame may be; 0 = no guard
 * @param sourceIdleness silence after which a partition no longer holds Flink's watermark
 * @param sequencing of SequenceFrames
 * @param slotBounds what SequenceFrames holds in one slot
 * @param maxAgeMillis age by the broker's clock beyond which ShedFrames sheds; 0 = never
 * @param batching of BatchFrames
 * @param estimate of EstimateDepth
 * @param lift of LiftFrames
 * @param maxOriginalBytes how much of a frame travels with its rejection
 */
public record TopologySettings(
        long clockGuardMillis,
        Duration sourceIdleness,
        SequencingSettings sequencing,
        SlotBounds slotBounds,
        long maxAgeMillis,
        BatchingSettings batching,
        EstimateSettings estimate,
        LiftSettings lift,
        int maxOriginalBytes) {

    /** Results of a well compressed JPEG are about so many times its size: 21 bytes a pixel. */
    private static final long RESULT_BYTES_PER_PAYLOAD_BYTE = 128;

    /** What a frame's result may weigh, from its payload and the limit of the topic. */
    ExpectedResultBytes expectedResultBytes() {
        long limit = estimate.format().maxBytes();
        return frame -> Math.min(limit, RESULT_BYTES_PER_PAYLOAD_BYTE * frame.payload().length);
    }
}
