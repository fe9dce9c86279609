package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.DepthMapping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The distance of each pixel is that of its point, and there is none where there is no point. */
class PixelDistancesTest {

    @Test
    void aPixelHasTheDistanceOfItsPointAndNoneWithoutOne() {
        // An edge between 2 m and 5 m, a hole, and something beyond the end.
        float[] depth = {2, 2, 2, 2, 5, 5, 5, 5, 2, 2, 2, 2, 5, 5, Float.NaN, 10};
        DepthEstimationResult result =
                lift(
                        8,
                        2,
                        depth,
                        DepthEstimationAdvanceConfig.builder()
                                .depthTrunc(10.0)
                                .edgeFilter(0.04)
                                .build());

        int next = 0;
        for (float distance : result.distances()) {
            if (!Float.isNaN(distance)) {
                assertThat(distance).isEqualTo(result.pointCloud().z(next++));
            }
        }
        assertThat(result.pointCloud().count()).isEqualTo(next);
        assertThat(result.edgePoints()).isPositive();
        assertThat(result.distances()[0]).isEqualTo(2);
        assertThat(result.distances()[14]).isNaN();
        assertThat(result.distances()[15]).isNaN();
    }

    @Test
    void distancesNeedNoCloud() {
        DepthEstimationResult result =
                DepthEstimation.withoutModels()
                        .run(
                                DepthEstimationCommand.ofImage(LiftingFixture.png(2, 1))
                                        .suppliedDepth(
                                                new SuppliedDepth.Floats(2, 1, new float[] {0, 1}))
                                        .returnDistances(true)
                                        .advancedConfig(
                                                LiftingFixture.mapped(DepthMapping.INVERSE)
                                                        .near(0.5)
                                                        .far(10.0)
                                                        .depthTrunc(11.0)
                                                        .build())
                                        .build());

        assertThat(result.distances()).containsExactly(10, 0.5f);
        assertThat(result.pointCloud()).isNull();
    }

    @Test
    void millimetresSayNoneWhereSixteenBitsDoNotReach() {
        assertThat(PixelDistances.millimetres(Double.NaN)).isZero();
        assertThat(PixelDistances.millimetres(0)).isZero();
        assertThat(PixelDistances.millimetres(-1)).isZero();
        assertThat(PixelDistances.millimetres(0.0001)).isEqualTo(1);
        assertThat(PixelDistances.millimetres(1.2344)).isEqualTo(1234);
        assertThat(PixelDistances.millimetres(65.535)).isEqualTo(65535);
        assertThat(PixelDistances.millimetres(65.536)).isZero();
        assertThat(PixelDistances.millimetres(Double.POSITIVE_INFINITY)).isZero();
    }

    @Test
    void distancesArePackedAtTheirOffset() {
        PixelDistances distances = new PixelDistances(new float[] {1.5f, 12, 0, 9}, 3, 10);
        byte[] metres = new byte[14];
        byte[] millimetres = new byte[8];

        distances.packMetres(metres, 1);
        distances.packMillimetres(millimetres, 1);

        ByteBuffer floats = ByteBuffer.wrap(metres).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.getFloat(1)).isEqualTo(1.5f);
        assertThat(floats.getFloat(5)).isNaN();
        assertThat(floats.getFloat(9)).isNaN();
        assertThat(millimetres).containsExactly(0, 0xdc, 5, 0, 0, 0, 0, 0);
    }

    private static DepthEstimationResult lift(
            int width, int height, float[] depth, DepthEstimationAdvanceConfig config) {
        return DepthEstimation.withoutModels()
                .run(
                        DepthEstimationCommand.ofImage(LiftingFixture.png(width, height))
                                .suppliedDepth(new SuppliedDepth.Floats(width, height, depth))
                                .returnPointCloud(true)
                                .returnDistances(true)
                                .advancedConfig(config)
                                .build());
    }
}
