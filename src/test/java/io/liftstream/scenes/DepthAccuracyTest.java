package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DepthAccuracyTest {
    private static final float SKY = Float.POSITIVE_INFINITY;

    @Test
    void anyScaleAndShiftOfTheTrueInverseDepthIsPerfect() {
        float[] truth = {1, 2, 4, 5, SKY};
        float[] estimate = {7 * 1f + 3, 7 * 0.5f + 3, 7 * 0.25f + 3, 7 * 0.2f + 3, 99};

        DepthAccuracy accuracy = DepthAccuracy.of(estimate, truth);

        assertThat(accuracy.absoluteRelativeError()).isCloseTo(0, within(1e-6));
        assertThat(accuracy.withinQuarter()).isEqualTo(1);
        assertThat(accuracy.explained()).isCloseTo(1, within(1e-6));
        assertThat(accuracy.alignedMetres()[2]).isCloseTo(4, within(1e-4f));
    }

    @Test
    void aConstantBecomesTheMeanInverseDepth() {
        // 1/1 and 1/2 have the mean 3/4: 4/3 m, wrong by 1/3 and by 1/3 of the truth.
        DepthAccuracy accuracy = DepthAccuracy.of(new float[] {5, 5}, new float[] {1, 2});

        assertThat(accuracy.absoluteRelativeError()).isCloseTo(1 / 3.0, within(1e-6));
        assertThat(accuracy.withinQuarter()).isZero();
        assertThat(accuracy.explained()).isCloseTo(0, within(1e-9));
    }

    @Test
    void whatIsBeyondTheLimitOrUnknownIsLeftOut() {
        float[] truth = {1, 2, 81, Float.NaN, 0};

        DepthAccuracy accuracy = DepthAccuracy.of(new float[] {2, 1, 9, 9, 9}, truth);

        assertThat(accuracy.withinQuarter()).isEqualTo(1);
        assertThat(accuracy.explained()).isCloseTo(1, within(1e-9));
    }

    @Test
    void noEstimateIsPutBeyondTheLimit() {
        float[] metres =
                DepthAccuracy.of(new float[] {2, 1, -9}, new float[] {1, 2, SKY}).alignedMetres();

        assertThat(metres[2]).isEqualTo(80);
    }

    @Test
    void mapsOfDifferentSizeAreRefusedAndNoTruthGivesNoFigure() {
        assertThatThrownBy(() -> DepthAccuracy.of(new float[3], new float[4]))
                .hasMessage("the estimate has 3 values: the truth has 4");
        assertThat(DepthAccuracy.of(new float[1], new float[] {SKY}).absoluteRelativeError())
                .isNaN();
    }
}
