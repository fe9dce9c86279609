package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What a slot knows of calibrations, and how often it asks. */
class KnownCalibrationsTest {
    private static final long MILLI = 1_000_000;
    private static final CalibrationSettings AS_LIVE = new CalibrationSettings(0, false);

    private final Calibrations feed = new Calibrations();

    @Test
    void aFrameGetsWhatWasPublishedBeforeItAndNothingElse() {
        feed.topic.add(Calibrations.published("gate", 0, 500, 0));
        feed.topic.add(Calibrations.published("gate", 2_000, 600, 50));
        feed.topic.add(Calibrations.published("yard", 0, 700, 51));
        KnownCalibrations known = known(AS_LIVE, 5_000);

        assertThat(known.of(frame("gate", 999, 2_500, 999))).isNull();
        assertThat(focal(known, frame("gate", 1_000, 2_500, 1_000))).isEqualTo(500);
        assertThat(focal(known, frame("gate", 1_049, 2_500, 1_049))).isEqualTo(500);
        assertThat(focal(known, frame("gate", 1_050, 2_500, 1_050))).isEqualTo(600);
        assertThat(focal(known, frame("gate", 1_050, 1_999, 1_050))).isEqualTo(500);
        assertThat(focal(known, frame("yard", 1_051, 2_500, 1_051))).isEqualTo(700);
        assertThat(known.of(frame("cellar", 1_051, 2_500, 1_051))).isNull();
    }

    @Test
    void inHindsightAFrameGetsWhatWasPublishedLater() {
        feed.topic.add(Calibrations.published("gate", 0, 500, 0));
        KnownCalibrations known = known(new CalibrationSettings(0, true), 5_000);
        assertThat(focal(known, frame("gate", 10, 5, 10))).isEqualTo(500);
    }

    @Test
    void theTopicIsAskedOnceForAllFramesOfABatch() {
        KnownCalibrations known = known(AS_LIVE, 5_000);
        known.of(frame("gate", 1_000, 0, 1_030));
        known.of(frame("yard", 1_020, 0, 1_030));
        known.of(frame("gate", 1_030, 0, 1_030));
        assertThat(feed.questions()).isEqualTo(1);

        feed.topic.add(Calibrations.published("gate", 0, 500, 31));
        assertThat(focal(known, frame("gate", 1_031, 0, 1_031))).isEqualTo(500);
        assertThat(feed.questions()).isEqualTo(2);
    }

    @Test
    void forFramesThatAreLongPastTheTopicIsAskedOnceAltogether() {
        long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        KnownCalibrations known = known(AS_LIVE, now);
        for (int i = 0; i < 100; i++) {
            known.of(frame("gate", 1_000 + i, 0, 1_000 + i));
        }
        assertThat(feed.questions()).isEqualTo(1);
    }

    /** Its stamp says nothing about what had been published when it was read. */
    @Test
    void aFrameThatItsProducerStampedAheadKeepsNothingFromBeingRead() {
        KnownCalibrations known = known(AS_LIVE, 5_000);
        known.of(
                new EstimatedFrame(
                        new SequencedFrame(
                                0,
                                new CameraFrame(
                                        "gate",
                                        0,
                                        1,
                                        new byte[0],
                                        new Provenance("f", 0, 1, 1_000_000, false))),
                        IntrinsicsSource.CAMERA_CONFIG,
                        null));
        feed.topic.add(Calibrations.published("gate", 0, 500, 0));
        assertThat(focal(known, frame("gate", 2_000, 0, 2_000))).isEqualTo(500);
    }

    @Test
    void whatDoesNotCountIsLeftOut() {
        feed.topic.add(Calibrations.published("gate", 500, 500, 0));
        feed.topic.add(Calibrations.published("gate", 400, 510, 1));
        feed.topic.add(Calibrations.published("gate", 600, 0, 2));
        KnownCalibrations known = known(AS_LIVE, 5_000);
        assertThat(known.of(frame("gate", 2_000, 450, 2_000))).isNull();
        assertThat(focal(known, frame("gate", 2_000, 700, 2_000))).isEqualTo(500);
        known.close();
        assertThat(feed.isClosed()).isTrue();
    }

    private static double focal(KnownCalibrations known, EstimatedFrame frame) {
        return known.of(frame).lens().intrinsics().fx();
    }

    private KnownCalibrations known(CalibrationSettings settings, long nowMillis) {
        return new KnownCalibrations(
                feed, settings, Clock.fixed(Instant.ofEpochMilli(nowMillis), ZoneOffset.UTC));
    }

    private static EstimatedFrame frame(
            String camera, long appendedMillis, long captureMillis, long newestOfBatchMillis) {
        CameraFrame frame =
                new CameraFrame(
                        camera,
                        captureMillis * MILLI,
                        1,
                        new byte[0],
                        new Provenance("f", 0, 1, appendedMillis, true));
        return new EstimatedFrame(
                new SequencedFrame(0, frame),
                IntrinsicsSource.CAMERA_CONFIG,
                null,
                newestOfBatchMillis);
    }
}
