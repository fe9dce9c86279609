package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every depth map and every camera. */
class LiftingPropertiesTest {
    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;

    @Property(tries = 300)
    void unprojectingAndProjectingReturnsThePixel(
            @ForAll @DoubleRange(min = 1, max = 5000) double fx,
            @ForAll @DoubleRange(min = 1, max = 5000) double fy,
            @ForAll @DoubleRange(min = -500, max = 2500) double cx,
            @ForAll @DoubleRange(min = -500, max = 2500) double cy,
            @ForAll @FloatRange(min = 0.01f, max = 1000) float z,
            @ForAll @IntRange(max = 50) int column,
            @ForAll @IntRange(max = 50) int row) {
        int width = column + 1;
        float[] metres = new float[width * (row + 1)];
        metres[metres.length - 1] = z;
        double[] found = new double[3];
        Unprojector unprojector =
                new Unprojector(new Intrinsics(fx, fy, cx, cy), Axes.OPTICAL, 2000);
        unprojector.unproject(
                metres,
                width,
                1,
                unprojector.countRows(metres, width, row + 1, 1),
                (pixel, x, y, depth) -> {
                    found[0] = fx * x / depth + cx;
                    found[1] = fy * y / depth + cy;
                    found[2] = pixel;
                });
        assertThat(found[0]).isEqualTo(column, within(1e-6));
        assertThat(found[1]).isEqualTo(row, within(1e-6));
        assertThat(found[2]).isEqualTo(metres.length - 1);
    }

    @Property(tries = 200)
    void scalingMetricDepthScalesTheCloud(
            @ForAll("distances") float[] depth,
            @ForAll @FloatRange(min = 0.25f, max = 16) float factor) {
        float[] scaled = new float[depth.length];
        for (int i = 0; i < depth.length; i++) {
            scaled[i] = depth[i] * factor;
        }
        PointCloud one = lift(depth, DepthMapping.METRIC);
        PointCloud other = lift(scaled, DepthMapping.METRIC);
        assertThat(other.count()).isEqualTo(one.count()).isEqualTo(depth.length);
        for (int i = 0; i < one.count(); i++) {
            assertThat(other.x(i)).isEqualTo(one.x(i) * factor, within(1e-4f));
            assertThat(other.y(i)).isEqualTo(one.y(i) * factor, within(1e-4f));
            assertThat(other.z(i)).isEqualTo(one.z(i) * factor, within(1e-4f));
        }
    }

    @Property(tries = 300)
    void relativeMappingsBringLargerValuesNearer(
            @ForAll("relativeMappings") DepthMapping mapping,
            @ForAll("relativeDepth") float[] depth) {
        LiftingParameters parameters = parameters(mapping);
        float[] metres = new float[depth.length];
        MetresMapping.of(
                        parameters.mapping(),
                        DepthToMetres.of(parameters, 1, DepthRange.ofFinite(depth)))
                .write(depth, metres);
        for (int i = 0; i < depth.length; i++) {
            for (int j = 0; j < depth.length; j++) {
                if (depth[i] > depth[j]) {
                    assertThat(metres[i]).isLessThanOrEqualTo(metres[j]);
                }
            }
        }
    }

    @Property(tries = 500)
    void noResultHoldsNaNOrInfinity(
            @ForAll DepthMapping mapping, @ForAll("anyDepth") float[] depth) {
        DepthEstimationResult result =
                LiftingFixture.lift(WIDTH, HEIGHT, depth, LiftingFixture.mapped(mapping).build());
        assertThat(result.minDepth()).isFinite().isLessThanOrEqualTo(result.maxDepth());
        assertThat(result.maxDepth()).isFinite();
        PointCloud cloud = result.pointCloud();
        for (int i = 0; i < cloud.count(); i++) {
            assertThat(cloud.x(i)).isFinite();
            assertThat(cloud.y(i)).isFinite();
            assertThat(cloud.z(i)).isPositive().isLessThan(10);
        }
    }

    @Property(tries = 200)
    void theDepthImageSpansItsWholeRange(@ForAll("relativeDepth") float[] depth) {
        DepthRange range = DepthRange.ofFinite(depth);
        short[] image = DepthImage.of(depth, range);
        for (int i = 0; i < depth.length; i++) {
            if (range.max() > range.min()) {
                int expected = depth[i] == range.max() ? 65535 : depth[i] == range.min() ? 0 : -1;
                assertThat(expected).isIn(-1, image[i] & 0xffff);
            } else {
                assertThat(image[i]).isZero();
            }
        }
    }

    @Provide
    Arbitrary<DepthMapping> relativeMappings() {
        return Arbitraries.of(DepthMapping.INVERSE, DepthMapping.LINEAR);
    }

    @Provide
    Arbitrary<float[]> distances() {
        return Arbitraries.floats().between(0.1f, 10).array(float[].class).ofSize(WIDTH * HEIGHT);
    }

    @Provide
    Arbitrary<float[]> relativeDepth() {
        return Arbitraries.floats().between(-100, 100).array(float[].class).ofSize(WIDTH * HEIGHT);
    }

    @Provide
    Arbitrary<float[]> anyDepth() {
        Arbitrary<Float> value =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.floats()),
                        Tuple.of(4, Arbitraries.floats().between(0, 20)),
                        Tuple.of(
                                2,
                                Arbitraries.of(
                                        Float.NaN,
                                        Float.POSITIVE_INFINITY,
                                        Float.NEGATIVE_INFINITY,
                                        Float.MIN_VALUE,
                                        -0f)));
        return value.array(float[].class).ofSize(WIDTH * HEIGHT);
    }

    private static PointCloud lift(float[] depth, DepthMapping mapping) {
        DepthEstimationAdvanceConfig config =
                LiftingFixture.mapped(mapping).depthTrunc(1000.0).build();
        return LiftingFixture.lift(WIDTH, HEIGHT, depth, config).pointCloud();
    }

    private static LiftingParameters parameters(DepthMapping mapping) {
        return LiftingParameters.of(
                DepthEstimationAdvanceConfig.EMPTY,
                DefaultIntrinsics.scaledTo(WIDTH, HEIGHT),
                mapping,
                null);
    }
}
