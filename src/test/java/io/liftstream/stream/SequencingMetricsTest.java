package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.RejectionReason;
import io.liftstream.testing.RecordedMetrics;
import org.junit.jupiter.api.Test;

class SequencingMetricsTest {
    private final RecordedMetrics recorded = new RecordedMetrics();
    private final SequencingMetrics metrics = new SequencingMetrics(recorded);
    private final Frames frames = new Frames();

    @Test
    void refusedFramesAreCountedByReason() {
        metrics.rejected(RejectionReason.LATE);
        metrics.rejected(RejectionReason.LATE);
        metrics.rejected(RejectionReason.DUPLICATE);

        assertThat(recorded.count("reason.LATE.rejectedFrames")).isEqualTo(2);
        assertThat(recorded.count("reason.DUPLICATE.rejectedFrames")).isEqualTo(1);
    }

    @Test
    void whatHappensToCamerasIsCounted() {
        metrics.released(frames.at(1000, 0), 1500);
        metrics.releasedEarly();
        metrics.flushed(7);
        metrics.epochStarted();
        metrics.cameraForgotten();
        metrics.sequenceDistrusted();
        metrics.partitionChanged();

        assertThat(recorded.count("releasedFrames")).isEqualTo(1);
        assertThat(recorded.count("releasedEarlyFrames")).isEqualTo(1);
        assertThat(recorded.count("flushedFrames")).isEqualTo(7);
        assertThat(recorded.count("epochsStarted")).isEqualTo(1);
        assertThat(recorded.count("camerasForgotten")).isEqualTo(1);
        assertThat(recorded.count("sequencesDistrusted")).isEqualTo(1);
        assertThat(recorded.count("partitionChanges")).isEqualTo(1);
    }

    @Test
    void pendingFramesAndBytesAreThoseOfAllCameras() {
        metrics.pendingBy(1, 100);
        metrics.pendingBy(2, 20);
        assertThat(recorded.value("pendingFrames")).isEqualTo(3L);
        assertThat(recorded.value("pendingBytes")).isEqualTo(120L);

        metrics.pendingBy(-1, -100);
        assertThat(recorded.value("pendingFrames")).isEqualTo(2L);
        assertThat(recorded.value("pendingBytes")).isEqualTo(20L);
    }

    @Test
    void lagIsTheAgeOfTheLastReleasedFrame() {
        metrics.released(frames.of("gate", 1000, 0), 1500);
        metrics.released(frames.of("gate", 2000, 1), 2100);
        metrics.released(frames.of("yard", 9000, 0), 2100);

        assertThat(recorded.value("camera.gate.eventTimeLagMillis")).isEqualTo(100L);
        assertThat(recorded.value("camera.yard.eventTimeLagMillis")).isEqualTo(-6900L);
    }

    @Test
    void aLargeFleetSharesOneLabelBeyondTheFirstCameras() {
        for (int camera = 0; camera < 10_000; camera++) {
            metrics.released(frames.of("camera-" + camera, 1000, 0), 1000 + camera);
        }

        assertThat(recorded.gauges().keySet())
                .filteredOn(name -> name.startsWith("camera."))
                .hasSize(CameraLag.MAX_LABELS + 1);
        assertThat(recorded.value("camera.others.eventTimeLagMillis")).isEqualTo(9_999L);
        assertThat(recorded.value("camera.camera-3.eventTimeLagMillis")).isEqualTo(3L);
    }

    @Test
    void theGreatestLagOfTheOthersShowsForAMinuteAtLeastAndTwoAtMost() {
        for (int camera = 0; camera < CameraLag.MAX_LABELS; camera++) {
            metrics.released(frames.of("camera-" + camera, 0, 0), 0);
        }
        metrics.released(frames.of("behind", 0, 0), 50_000);
        metrics.released(frames.of("ahead", 59_990, 0), 60_000);
        assertThat(recorded.value("camera.others.eventTimeLagMillis")).isEqualTo(50_000L);

        metrics.released(frames.of("ahead", 119_995, 1), 120_000);
        assertThat(recorded.value("camera.others.eventTimeLagMillis")).isEqualTo(10L);

        metrics.released(frames.of("ahead", 999_993, 2), 1_000_000);
        assertThat(recorded.value("camera.others.eventTimeLagMillis")).isEqualTo(7L);
    }
}
