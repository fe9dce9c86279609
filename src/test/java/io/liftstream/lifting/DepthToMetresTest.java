package io.liftstream.lifting;

import static io.liftstream.lifting.LiftingFixture.lift;
import static io.liftstream.lifting.LiftingFixture.mapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.liftstream.frame.DepthMapping;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has a depth map and its numbers has the cloud's distances. */
class DepthToMetresTest {
    private static final float[] DEPTH = {0.5f, 1, 1.75f, 2.5f, 4, 6, 7.5f, 9};

    @ParameterizedTest
    @CsvSource({
        "METRIC, false, 10",
        "METRIC, false, 5",
        "INVERSE, false, 10",
        "INVERSE, true, 7",
        "LINEAR, false, 10",
        "LINEAR, true, 20"
    })
    void aReaderOfADepthMapCanMakeTheCloudsDistances(
            DepthMapping mapping, boolean fixedRange, double depthTrunc) {
        DepthEstimationAdvanceConfig config =
                mapped(mapping)
                        .near(0.4)
                        .depthTrunc(depthTrunc)
                        .fixedRange(fixedRange ? new FixedRange(0.25, 8) : null)
                        .build();

        DepthEstimationResult result = lift(DEPTH.length, 1, DEPTH, config);

        DepthToMetres numbers = result.depthToMetres();
        int point = 0;
        for (float value : result.depthMap()) {
            double metres = metres(value, mapping, numbers);
            if (metres > 0 && metres < numbers.depthTrunc() - 1e-4) {
                assertThat((double) result.pointCloud().z(point++))
                        .isEqualTo(metres, offset(1.5 / numbers.depthScale()));
            }
        }
        assertThat(result.pointCloud().count()).isEqualTo(point).isGreaterThan(3);
    }

    /** As proto/README.md states it. */
    private static double metres(double v, DepthMapping mapping, DepthToMetres numbers) {
        double n = (v - numbers.rangeLo()) / (numbers.rangeHi() - numbers.rangeLo());
        return switch (mapping) {
            case METRIC -> v * numbers.unitFactor();
            case INVERSE -> 1 / (n / numbers.near() + (1 - n) / numbers.far());
            case LINEAR -> 0.5 + (1 - Math.max(0, Math.min(1, n))) * (numbers.depthTrunc() - 0.5);
        };
    }
}
