package io.liftstream.job;

import io.liftstream.input.PictureMemory;
import io.liftstream.stream.BatchingSettings;
import io.liftstream.stream.EstimateSettings;
import io.liftstream.stream.FrameMemory;
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

    /** What a frame takes, from its picture's header. */
    FrameMemory frameMemory() {
        EstimateSettings settings = estimate;
        return frame -> new PictureMemory(settings.input(), settings.decoder()).of(frame.payload());
    }
}
