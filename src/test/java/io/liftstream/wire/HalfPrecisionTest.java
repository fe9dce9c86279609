package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rounding that results promise: to the nearest half, ties to even, as IEEE 754 says. */
class HalfPrecisionTest {
    private static final int INFINITY = 0x7c00;

    @Test
    void everyHalfHasItsValueAndComesBack() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            short half = (short) bits;
            float value = Fp16Conversions.fp16ToFloat(half);
            if ((bits & 0x7fff) > INFINITY) {
                assertThat(value).isNaN();
                assertThat(Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(value))).isNaN();
            } else {
                assertThat((double) value).as(Integer.toHexString(bits)).isEqualTo(valueOf(bits));
                assertThat(Fp16Conversions.floatToFp16(value))
                        .as(Integer.toHexString(bits))
                        .isEqualTo(half);
            }
        }
    }

    /** From the definition: sign, exponent with bias 15, ten bits of fraction. */
    private static double valueOf(int bits) {
        double sign = bits >> 15 == 0 ? 1 : -1;
        int exponent = bits >> 10 & 31;
        double fraction = (bits & 1023) / 1024.0;
        if (exponent == 31) {
            return sign * Double.POSITIVE_INFINITY;
        }
        return exponent == 0
                ? sign * fraction * Math.pow(2, -14)
                : sign * (1 + fraction) * Math.pow(2, exponent - 15);
    }

    @Test
    void aValueHalfwayBetweenTwoHalvesGoesToTheEvenOne() {
        for (int bits = 0; bits < INFINITY; bits++) {
            double lower = valueOf(bits);
            double upper = bits + 1 == INFINITY ? 65536 : valueOf(bits + 1);
            float middle = (float) ((lower + upper) / 2);
            int even = bits % 2 == 0 ? bits : bits + 1;

            assertThat(Fp16Conversions.floatToFp16(middle))
                    .as("above " + bits)
                    .isEqualTo((short) even);
            assertThat(Fp16Conversions.floatToFp16(-middle))
                    .as("-" + bits)
                    .isEqualTo((short) (even | 0x8000));
            assertThat(Fp16Conversions.floatToFp16(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Fp16Conversions.floatToFp16(Math.nextUp(middle)))
                    .isEqualTo((short) (bits + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {65520f, 1e6f, Float.MAX_VALUE, Float.POSITIVE_INFINITY})
    void whatIsTooLargeIsInfinite(float value) {
        assertThat(Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(value)))
                .isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(-value)))
                .isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource({"65504, 7bff", "65519.99, 7bff", "1, 3c00", "-2, c000", "0.33325195, 3555"})
    void publishedExamplesHold(float value, String bits) {
        assertThat(Fp16Conversions.floatToFp16(value))
                .isEqualTo((short) Integer.parseInt(bits, 16));
    }

    @Test
    void theSmallestFloatsAreZero() {
        assertThat(Fp16Conversions.floatToFp16(Float.MIN_VALUE)).isZero();
        assertThat(Fp16Conversions.floatToFp16(-Float.MIN_VALUE)).isEqualTo((short) 0x8000);
    }
}
