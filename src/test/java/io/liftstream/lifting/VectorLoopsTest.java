package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops written for vector instructions give what one value after the other gives. */
class VectorLoopsTest {
    private static final float[] ODD = {
        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, -7f, Float.MAX_VALUE
    };

    /** Around a block's 1024 values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1023, 1024, 1025, 2047, 2048, 5000})
    void theRangeFindsExtremesEverywhere(int length) {
        for (int at = 0; at < length; at += Math.max(1, length / 97)) {
            float[] values = noise(length, at);
            int other = (at + length / 2) % length;
            values[other] = 1e6f;
            values[at] = -1e6f;
            assertThat(DepthRange.ofFinite(values))
                    .isEqualTo(new DepthRange(-1e6f, values[other], length));
            values[at] = ODD[at % 3];
            assertThat(DepthRange.ofFinite(values).measured()).isEqualTo(length - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 200_000})
    void theDepthImageIsThatOfSingleValues(int length) {
        float[] depth = noise(length, length);
        DepthRange range = DepthRange.ofFinite(depth);
        for (int i = 0; i < length; i += 50) {
            // Only what lies outside the range is not measured; the largest value stays in it.
            depth[i] = ODD[i / 50 % 6];
        }
        short[] image = DepthImage.of(depth, range);
        float span = range.max() - range.min();
        for (int i = 0; i < length; i++) {
            float scaled = (depth[i] - range.min()) / span * 65535f;
            int expected = scaled <= 65535f ? Math.max((int) scaled, 0) : 0;
            assertThat(image[i] & 0xffff).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 10, 1000",
        "-3, 17, 65.535, 1000",
        "2, 5, 80, 1000",
        "1, 9, 0.2, 3000",
        "4, 4, 10, 9"
    })
    void linearIsThatOfSingleValues(double lo, double hi, double depthTrunc, double depthScale) {
        float[] depth = noise(300_000, 7);
        System.arraycopy(ODD, 0, depth, 500, ODD.length);
        float[] metres = new float[depth.length];
        LinearMapping mapping = new LinearMapping(lo, hi, depthTrunc, depthScale);
        mapping.write(depth, metres);
        int saturated = 0;
        for (int i = 0; i < depth.length; i++) {
            double raw = raw(depth[i], lo, hi, depthTrunc, depthScale);
            saturated += raw > 65535 ? 1 : 0;
            float expected = (int) Math.min(Math.max(raw, 1), 65535) / (float) depthScale;
            assertThat(Float.isNaN(metres[i]) ? 0 : metres[i]).isEqualTo(expected);
        }
        assertThat(mapping.saturatedPixels()).isEqualTo(saturated);
    }

    /** Every quantised distance, and the floats next to where it begins. */
    @Test
    void quantisingTruncatesJustBelowAndAboveEveryInteger() {
        LinearMapping mapping = new LinearMapping(0, 65534.5, 65535, 1);
        for (int integer = 1; integer <= 65534; integer++) {
            float value = 65535f - integer;
            for (int step = -3; step <= 3; step++) {
                float near = value + step * Math.ulp(value);
                double raw = raw(near, 0, 65534.5, 65535, 1);
                assertThat(mapping.quantise(near)).isEqualTo((float) Math.max(1, (int) raw));
            }
        }
    }

    /** The mapping before it is quantised, in its float32 steps; NaN where there is none. */
    private static double raw(float value, double lo, double hi, double trunc, double scale) {
        float span = (float) (hi - lo);
        if (!(span > 0) || !Float.isFinite(value)) {
            return Double.NaN;
        }
        float normal = (value - (float) lo) / span;
        float flipped = normal < 0 ? 1f : normal > 1 ? 0f : 1f - normal;
        return (0.5f + flipped * (float) (trunc - 0.5)) * (float) scale;
    }

    private static float[] noise(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() * 20 - 5;
        }
        return values;
    }
}
