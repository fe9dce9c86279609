package io.liftstream.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberTextTest {

    @Test
    void numbersAreWrittenAsPeopleWriteThem() {
        assertThat(NumberText.of(-5.0)).isEqualTo("-5");
        assertThat(NumberText.of(1e-4)).isEqualTo("0.0001");
        assertThat(NumberText.of(1e9)).isEqualTo("1000000000");
        assertThat(NumberText.of(0.1f)).isEqualTo("0.1");
        assertThat(NumberText.of(-0.0)).isEqualTo("0");
    }

    @Test
    void whatIsNoFractionStaysAsItIs() {
        assertThat(NumberText.of(Double.NaN)).isEqualTo("NaN");
        assertThat(NumberText.of(Float.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(NumberText.of(1e-300)).isEqualTo("1.0E-300");
        assertThat(NumberText.of(7L)).isEqualTo("7");
        assertThat(NumberText.of("20.0")).isEqualTo("20.0");
        assertThat(NumberText.of(null)).isEqualTo("null");
    }
}
