package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.lifting.scale.DepthSamples;
import io.liftstream.testing.RecordedMetrics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CameraTemporalErrorTest {
    private static final int SIDE = 64;

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final CameraTemporalError error = new CameraTemporalError(metrics);

    @Test
    void eachCameraHasItsOwnMean() {
        error.measure("gate", frame(1));
        assertThat((double) metrics.value("camera.gate.temporalErrorPercent")).isNaN();
        error.measure("yard", frame(5));
        error.measure("gate", frame(1.01f));
        error.measure("yard", frame(5));

        assertThat((double) metrics.value("camera.gate.temporalErrorPercent"))
                .isCloseTo(1, within(0.01));
        assertThat((double) metrics.value("camera.yard.temporalErrorPercent")).isZero();
        error.measure("gate", frame(1.01f));
        assertThat((double) metrics.value("camera.gate.temporalErrorPercent"))
                .isCloseTo(0.9, within(0.01));
    }

    @Test
    void camerasBeyondTheBoundAreNotMeasured() {
        for (int i = 0; i < CameraTemporalError.MAX_CAMERAS; i++) {
            assertThat(error.measures("c" + i)).isTrue();
            error.measure("c" + i, frame(1));
        }
        assertThat(error.measures("more")).isFalse();
        assertThat(error.measures("c7")).isTrue();
        assertThat(metrics.gauges()).hasSize(CameraTemporalError.MAX_CAMERAS);
    }

    private static DepthSamples frame(float metres) {
        float[] distances = new float[SIDE * SIDE];
        Arrays.fill(distances, metres);
        byte[] rgb = new byte[3 * distances.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (50 + 40 * (i / 3 % SIDE / 8 % 3));
        }
        return DepthSamples.of(rgb, distances, SIDE, SIDE, 10);
    }
}
