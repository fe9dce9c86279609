package io.liftstream.lifting;

import static io.liftstream.lifting.LiftingFixture.mapped;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Known surfaces, rendered with a known camera, come back where they were. */
class GeometryTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final double MILLIMETRE = 1e-3;
    private static final Intrinsics CAMERA = new Intrinsics(140, 150, 77.25, 61.5);
    private static final double[] PLANE_NORMAL = normalised(0.3, -0.2, 1);

    @ParameterizedTest
    @EnumSource(names = {"INVERSE", "METRIC"})
    void aTiltedPlaneComesBack(DepthMapping mapping) {
        Scene plane = new Scene(ray -> 3 / dot(PLANE_NORMAL, ray));
        PointCloud cloud = plane.lift(mapping, Axes.OPTICAL);
        assertThat(cloud.count()).isEqualTo(WIDTH * HEIGHT);
        assertThat(rms(cloud, point -> dot(PLANE_NORMAL, point) - 3)).isLessThan(MILLIMETRE);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVERSE", "METRIC"})
    void aSphereComesBack(DepthMapping mapping) {
        double[] centre = {0.1, -0.2, 4};
        double radius = 3.5;
        // Seen from inside: every ray meets the far wall.
        Scene sphere =
                new Scene(
                        ray -> {
                            double along = dot(ray, centre);
                            double squared = dot(ray, ray);
                            double rest = dot(centre, centre) - radius * radius;
                            return (along + Math.sqrt(along * along - squared * rest)) / squared;
                        });
        PointCloud cloud = sphere.lift(mapping, Axes.OPTICAL);
        assertThat(rms(cloud, point -> distance(point, centre) - radius)).isLessThan(MILLIMETRE);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVERSE", "METRIC"})
    void twoPlanesKeepTheirStepAndTheirAngle(DepthMapping mapping) {
        double[] left = {0, 0, 1};
        double[] right = normalised(-0.5, 0.1, 1);
        Scene scene = new Scene(ray -> ray[0] < 0 ? 2 / dot(left, ray) : 3.2 / dot(right, ray));
        PointCloud cloud = scene.lift(mapping, Axes.OPTICAL);
        double[] foundLeft = normal(cloud, i -> cloud.x(i) < -0.2);
        double[] foundRight = normal(cloud, i -> cloud.x(i) > 0.4);
        assertThat(angle(foundLeft, foundRight)).isEqualTo(angle(left, right), offset(1e-4));
        assertThat(
                        rms(
                                cloud,
                                point ->
                                        point[0] < 0
                                                ? dot(left, point) - 2
                                                : dot(right, point) - 3.2))
                .isLessThan(MILLIMETRE);
    }

    @Test
    void anyAffineChangeOfRelativeInverseDepthGivesTheSameCloud() {
        Scene plane = new Scene(ray -> 3 / dot(PLANE_NORMAL, ray));
        float[] stretched = plane.inverseDepth();
        for (int i = 0; i < stretched.length; i++) {
            stretched[i] = 40 * stretched[i] - 7;
        }
        PointCloud cloud = plane.lift(stretched, DepthMapping.INVERSE, Axes.OPTICAL);
        assertThat(rms(cloud, point -> dot(PLANE_NORMAL, point) - 3)).isLessThan(MILLIMETRE);
    }

    @Test
    void openglAxesTurnTheCloudHalfAroundTheFirstAxis() {
        Scene plane = new Scene(ray -> 3 / dot(PLANE_NORMAL, ray));
        PointCloud optical = plane.lift(DepthMapping.METRIC, Axes.OPTICAL);
        PointCloud opengl = plane.lift(DepthMapping.METRIC, Axes.OPENGL);
        for (int i = 0; i < optical.count(); i++) {
            assertThat(opengl.x(i)).isEqualTo(optical.x(i));
            assertThat(opengl.y(i)).isEqualTo(-optical.y(i));
            assertThat(opengl.z(i)).isEqualTo(-optical.z(i));
        }
    }

    @Test
    void depthTruncDiscardsPointsAndMovesNone() {
        Scene plane = new Scene(ray -> 3 / dot(PLANE_NORMAL, ray));
        PointCloud whole = plane.lift(DepthMapping.INVERSE, Axes.OPTICAL);
        DepthEstimationAdvanceConfig truncated =
                plane.config(DepthMapping.INVERSE, Axes.OPTICAL)
                        .overriddenBy(
                                DepthEstimationAdvanceConfig.builder().depthTrunc(3.0).build());
        PointCloud near =
                LiftingFixture.lift(WIDTH, HEIGHT, plane.inverseDepth(), truncated).pointCloud();
        int expected = 0;
        for (int i = 0; i < whole.count(); i++) {
            if (whole.z(i) < 3) {
                assertThat(near.x(expected)).isEqualTo(whole.x(i));
                assertThat(near.z(expected)).isEqualTo(whole.z(i));
                expected++;
            }
        }
        assertThat(near.count()).isEqualTo(expected).isLessThan(whole.count());
    }

    @Test
    void aFixedRangeKeepsAStaticPointStillAndTheFramesOwnRangeMovesIt() {
        float[] before = {0.2f, 0.4f, 0.8f};
        float[] handBeforeTheLens = {0.2f, 0.4f, 2.4f};
        DepthEstimationAdvanceConfig own = mapped(DepthMapping.INVERSE).build();
        DepthEstimationAdvanceConfig fixed =
                mapped(DepthMapping.INVERSE).fixedRange(new FixedRange(0, 1)).build();
        assertThat(middleDistance(handBeforeTheLens, fixed))
                .isEqualTo(middleDistance(before, fixed));
        assertThat(middleDistance(handBeforeTheLens, own) - middleDistance(before, own))
                .isGreaterThan(0.5f);
        // Nearer than near, on the same line of inverse depth: 1 / (2.4 / 0.5 - 1.4 / 10).
        DepthEstimationResult hand = LiftingFixture.lift(3, 1, handBeforeTheLens, fixed);
        assertThat(hand.pointCloud().z(2))
                .isEqualTo((float) (1 / (2.4f / 0.5 - 0.14)), offset(1e-5f));
    }

    private static float middleDistance(float[] row, DepthEstimationAdvanceConfig config) {
        PointCloud cloud = LiftingFixture.lift(3, 1, row, config).pointCloud();
        for (int i = 0; i < cloud.count(); i++) {
            if (cloud.red(i) == 1) {
                return cloud.z(i);
            }
        }
        throw new AssertionError("the middle pixel has no point");
    }

    /** A surface seen by the camera: the distance along each ray (x/z, y/z, 1). */
    private static final class Scene {
        private final float[] metres = new float[WIDTH * HEIGHT];

        Scene(ToDoubleFunction<double[]> distance) {
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = 0; column < WIDTH; column++) {
                    double[] ray = {
                        (column - CAMERA.cx()) / CAMERA.fx(), (row - CAMERA.cy()) / CAMERA.fy(), 1
                    };
                    metres[row * WIDTH + column] = (float) distance.applyAsDouble(ray);
                }
            }
        }

        float[] inverseDepth() {
            float[] inverse = new float[metres.length];
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] = 1 / metres[i];
            }
            return inverse;
        }

        PointCloud lift(DepthMapping mapping, Axes axes) {
            return lift(mapping == DepthMapping.METRIC ? metres : inverseDepth(), mapping, axes);
        }

        PointCloud lift(float[] depth, DepthMapping mapping, Axes axes) {
            return LiftingFixture.lift(WIDTH, HEIGHT, depth, config(mapping, axes)).pointCloud();
        }

        DepthEstimationAdvanceConfig config(DepthMapping mapping, Axes axes) {
            DepthRange range = DepthRange.ofFinite(metres);
            return DepthEstimationAdvanceConfig.builder()
                    .fx(CAMERA.fx())
                    .fy(CAMERA.fy())
                    .cx(CAMERA.cx())
                    .cy(CAMERA.cy())
                    .depthMapping(mapping)
                    .near((double) range.min())
                    .far((double) range.max())
                    .depthTrunc(100.0)
                    .axes(axes)
                    .build();
        }
    }

    private static Offset<Double> offset(double value) {
        return Offset.offset(value);
    }

    private static Offset<Float> offset(float value) {
        return Offset.offset(value);
    }

    private static double[] point(PointCloud cloud, int i) {
        return new double[] {cloud.x(i), cloud.y(i), cloud.z(i)};
    }

    private static double rms(PointCloud cloud, ToDoubleFunction<double[]> error) {
        double sum = 0;
        for (int i = 0; i < cloud.count(); i++) {
            double value = error.applyAsDouble(point(cloud, i));
            sum += value * value;
        }
        return Math.sqrt(sum / cloud.count());
    }

    /** The normal of z = a x + b y + c fitted to the chosen points. */
    private static double[] normal(PointCloud cloud, IntPredicate chosen) {
        double[][] sums = new double[3][4];
        for (int i = 0; i < cloud.count(); i++) {
            if (chosen.test(i)) {
                double[] row = {cloud.x(i), cloud.y(i), 1, cloud.z(i)};
                for (int r = 0; r < 3; r++) {
                    for (int c = 0; c < 4; c++) {
                        sums[r][c] += row[r] * row[c];
                    }
                }
            }
        }
        double[] solved = solve(sums);
        return normalised(-solved[0], -solved[1], 1);
    }

    private static double[] solve(double[][] rows) {
        for (int pivot = 0; pivot < 3; pivot++) {
            for (int other = 0; other < 3; other++) {
                if (other != pivot) {
                    double factor = rows[other][pivot] / rows[pivot][pivot];
                    for (int c = 0; c < 4; c++) {
                        rows[other][c] -= factor * rows[pivot][c];
                    }
                }
            }
        }
        return new double[] {
            rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]
        };
    }

    private static double angle(double[] a, double[] b) {
        return Math.acos(dot(a, b));
    }

    private static double distance(double[] a, double[] b) {
        double[] d = {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
        return Math.sqrt(dot(d, d));
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] normalised(double x, double y, double z) {
        double length = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / length, y / length, z / length};
    }
}
