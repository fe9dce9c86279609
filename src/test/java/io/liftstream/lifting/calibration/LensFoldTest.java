package io.liftstream.lifting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LensFoldTest {
    private static final double[] ONE = {1};

    @Test
    void aLensFoldsWhereItsRadiusNoLongerGrows() {
        // The derivatives are 1 - 1.5 r2, and (1 - r2) (1 - r2 / 2): it grows again from 1.41 on.
        assertThat(LensFold.radius(new double[] {1, -0.5}, ONE))
                .isCloseTo(Math.sqrt(2 / 3.0), within(1e-12));
        assertThat(LensFold.radius(new double[] {1, -0.5, 0.1}, ONE)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aPoleIsAFoldAndADenominatorThatGrowsFoldsTheRadius() {
        assertThat(LensFold.radius(ONE, new double[] {1, -0.25})).isCloseTo(2, within(1e-12));
        // The derivative of r / (1 + r2) is (1 - r2) / (1 + r2)^2.
        assertThat(LensFold.radius(ONE, new double[] {1, 1})).isCloseTo(1, within(1e-12));
    }

    @Test
    void aLensThatGrowsForEverHasNoFold() {
        assertThat(LensFold.radius(new double[] {1, 0, 0, 0}, new double[] {1, 0, 0, 0}))
                .isInfinite();
        assertThat(LensFold.radius(new double[] {1, -0.3, 0.1, 0.2}, ONE)).isInfinite();
        assertThat(LensFold.radius(new double[] {1, 1e300, 1e300}, ONE)).isInfinite();
    }
}
