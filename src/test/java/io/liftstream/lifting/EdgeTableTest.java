package io.liftstream.lifting;

import static io.liftstream.lifting.LiftingFixture.command;
import static io.liftstream.lifting.LiftingFixture.lift;
import static io.liftstream.lifting.LiftingFixture.mapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.offset;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.NumberText;
import io.liftstream.frame.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the behaviour table in the package's README that is not about encoded images. */
class EdgeTableTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @ParameterizedTest
    @EnumSource(DepthMapping.class)
    void onePixelHasOnePointWhereItsDistanceIsKnown(DepthMapping mapping) {
        DepthEstimationResult result = lift(1, 1, new float[] {3}, mapped(mapping).build());
        assertThat(result.minDepth()).isEqualTo(3);
        assertThat(result.maxDepth()).isEqualTo(3);
        assertThat(result.depthImage()).containsExactly(0);
        // One value spans no range, so only a measured distance gives a point.
        assertThat(result.pointCloud().count()).isEqualTo(mapping == DepthMapping.METRIC ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "1, 7", "7, 1", "1, 2000", "2000, 1"})
    void smallAndThinImagesAreLifted(int width, int height) {
        float[] depth = new float[width * height];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + i / (float) depth.length;
        }
        DepthEstimationResult result =
                lift(width, height, depth, mapped(DepthMapping.METRIC).build());
        assertThat(result.width()).isEqualTo(width);
        assertThat(result.height()).isEqualTo(height);
        assertThat(result.pointCloud().count()).isEqualTo(width * height);
        assertThat(result.depthImage()[0]).isZero();
        assertThat(result.depthImage()[depth.length - 1]).isEqualTo((short) 65535);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVERSE", "LINEAR"})
    void constantDepthHasAnEmptyImageAndNoPoints(DepthMapping mapping) {
        DepthEstimationResult result =
                lift(2, 2, new float[] {2.5f, 2.5f, 2.5f, 2.5f}, mapped(mapping).build());
        assertThat(result.minDepth()).isEqualTo(2.5f);
        assertThat(result.maxDepth()).isEqualTo(2.5f);
        assertThat(result.depthImage()).containsOnly(0);
        assertThat(result.pointCloud().count()).isZero();
    }

    @Test
    void constantMetricDepthIsAFlatCloud() {
        DepthEstimationResult result =
                lift(2, 1, new float[] {2.5f, 2.5f}, mapped(DepthMapping.METRIC).build());
        assertThat(result.pointCloud().count()).isEqualTo(2);
        assertThat(result.pointCloud().z(1)).isEqualTo(2.5f);
    }

    @ParameterizedTest
    @ValueSource(floats = {NAN, INFINITY, -INFINITY})
    void pixelsWithoutMeasurementAreLeftOut(float missing) {
        float[] depth = {1, 2, missing, 4};
        DepthEstimationResult result = lift(2, 2, depth, mapped(DepthMapping.METRIC).build());
        assertThat(result.minDepth()).isEqualTo(1);
        assertThat(result.maxDepth()).isEqualTo(4);
        assertThat(result.depthImage()).containsExactly(0, 21845, 0, (short) 65535);
        assertThat(result.pointCloud().count()).isEqualTo(3);
        assertThat(result.pointCloud().green(2)).isEqualTo(1);
        assertThat(result.depthMap()).isSameAs(depth);
    }

    @ParameterizedTest
    @EnumSource(DepthMapping.class)
    void noMeasurementAtAllIsAnEmptyResult(DepthMapping mapping) {
        DepthEstimationResult result =
                lift(2, 2, new float[] {NAN, NAN, INFINITY, NAN}, mapped(mapping).build());
        assertThat(result.minDepth()).isZero();
        assertThat(result.maxDepth()).isZero();
        assertThat(result.depthImage()).containsOnly(0);
        assertThat(result.pointCloud().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "METRIC, 1",
        "INVERSE, 1",
        "LINEAR, 1",
    })
    void negativeAndZeroDistancesGiveNoMetricPoints(DepthMapping mapping, int atLeast) {
        DepthEstimationResult result =
                lift(2, 2, new float[] {-1, 0, 1, 2}, mapped(mapping).build());
        assertThat(result.minDepth()).isEqualTo(mapping == DepthMapping.METRIC ? 1 : -1);
        assertThat(result.pointCloud().count())
                .isGreaterThanOrEqualTo(atLeast)
                .isEqualTo(mapping == DepthMapping.METRIC ? 2 : 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVERSE", "LINEAR"})
    void rangesOfAnySizeGiveFinitePoints(DepthMapping mapping) {
        float[][] ranges = {
            {0, Float.MIN_VALUE},
            {1, Math.nextUp(1f)},
            {-Float.MAX_VALUE, Float.MAX_VALUE},
            {0, Float.MAX_VALUE},
            {Float.MIN_VALUE, 1e30f}
        };
        for (float[] range : ranges) {
            DepthEstimationResult result = lift(2, 1, range, mapped(mapping).build());
            assertThat(result.minDepth()).isEqualTo(range[0]);
            assertThat(result.maxDepth()).isEqualTo(range[1]);
            for (int i = 0; i < result.pointCloud().count(); i++) {
                assertThat(result.pointCloud().x(i)).isFinite();
                assertThat(result.pointCloud().z(i)).isBetween(0.49f, 10f);
            }
        }
    }

    @Test
    void saturatedLinearDepthIsCountedAndClipped() {
        DepthEstimationAdvanceConfig config = mapped(DepthMapping.LINEAR).depthTrunc(100.0).build();
        DepthEstimationResult result = lift(3, 1, new float[] {0, 0.1f, 1}, config);
        assertThat(result.saturatedPixels()).isEqualTo(2);
        assertThat(result.pointCloud().count()).isEqualTo(3);
        assertThat(result.pointCloud().z(0)).isEqualTo(65.535f);
    }

    @Test
    void rawDepthIsDividedByTheScaleAndZeroIsNoMeasurement() {
        SuppliedDepth raw = new SuppliedDepth.Raw(2, 2, new short[] {0, 1500, 3000, (short) 65535});
        DepthEstimationResult result = lift(raw, DepthEstimationAdvanceConfig.EMPTY);
        assertThat(result.depthMap()).containsExactly(0, 1.5f, 3f, 65.535f);
        assertThat(result.minDepth()).isEqualTo(1.5f);
        assertThat(result.maxDepth()).isEqualTo(65.535f);
        assertThat(result.depthImage()[0]).isZero();
        // The saturated pixel lies beyond depth_trunc, 10 m.
        assertThat(result.pointCloud().count()).isEqualTo(2);
        assertThat(result.pointCloud().z(0)).isEqualTo(1.5f);
        assertThat(result.metric()).isTrue();
        assertThat(result.backendUsed()).isEqualTo("supplied");
    }

    @ParameterizedTest
    @EnumSource(names = {"INVERSE", "LINEAR"})
    void rawDepthTakesNoOtherMappingThanMetric(DepthMapping mapping) {
        SuppliedDepth raw = new SuppliedDepth.Raw(1, 1, new short[] {1});
        assertRefused(
                command(raw, mapped(mapping).build()),
                "advanced_config.depth_mapping",
                mapping.name());
    }

    @ParameterizedTest
    @CsvSource({
        "fx, 0",
        "fx, NaN",
        "fx, -525",
        "fx, Infinity",
        "fx, 1e-300",
        "fy, 0",
        "fy, NaN",
        "fy, -525",
        "cx, NaN",
        "cx, Infinity",
        "cy, NaN",
        "cy, -Infinity",
        "depth_scale, 0",
        "depth_scale, -1000",
        "depth_scale, NaN",
        "depth_scale, Infinity",
        "depth_trunc, 0",
        "depth_trunc, -1",
        "depth_trunc, NaN",
        "depth_trunc, Infinity",
        "near, 0",
        "near, -1",
        "near, NaN",
        "far, 0",
        "far, NaN",
        "far, Infinity",
    })
    void parametersOutOfRangeAreRefusedByName(String field, double value) {
        DepthEstimationAdvanceConfig config = with(field, value);
        SuppliedDepth depth = new SuppliedDepth.Floats(1, 1, new float[] {1});
        assertRefused(command(depth, config), "advanced_config." + field, NumberText.of(value));
    }

    @Test
    void nearBeyondFarIsRefusedForInverse() {
        SuppliedDepth depth = new SuppliedDepth.Floats(1, 1, new float[] {1});
        DepthEstimationAdvanceConfig config =
                mapped(DepthMapping.INVERSE).near(4.0).far(3.0).build();
        assertRefused(command(depth, config), "advanced_config.near", "is 4: ");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "NaN, 1", "0, Infinity"})
    void aFixedRangeMustBeFiniteAndOrdered(double lo, double hi) {
        SuppliedDepth depth = new SuppliedDepth.Floats(1, 1, new float[] {1});
        DepthEstimationAdvanceConfig config =
                mapped(DepthMapping.INVERSE).fixedRange(new FixedRange(lo, hi)).build();
        assertRefused(
                command(depth, config), "advanced_config.fixed_range", NumberText.of(lo) + " and ");
    }

    @Test
    void aFixedRangeWithoutExtentGivesNoPoints() {
        DepthEstimationAdvanceConfig config =
                mapped(DepthMapping.INVERSE).fixedRange(new FixedRange(1, 1)).build();
        assertThat(lift(2, 1, new float[] {0, 2}, config).pointCloud().count()).isZero();
    }

    @Test
    void suppliedDepthMustHaveTheImagesSize() {
        DepthEstimationCommand command =
                DepthEstimationCommand.ofImage(LiftingFixture.png(3, 2))
                        .suppliedDepth(new SuppliedDepth.Floats(2, 3, new float[6]))
                        .build();
        assertRefused(command, "supplied_depth size", "2 x 3");
    }

    @Test
    void suppliedDepthMustHoldWhatItsSizeSays() {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> new SuppliedDepth.Floats(2, 3, new float[5]))
                .withMessageContaining("2 x 3 with 5 values");
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> new SuppliedDepth.Raw(0, 0, new short[0]))
                .withMessageContaining("supplied_depth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no/such/file.png", ".", "file:///no/such/file", "http://example.org/a"})
    void pathsThatNameNoReadableFileAreRefused(String path) {
        LiftingException refusal =
                catchThrowableOfType(
                        LiftingException.class,
                        () ->
                                DepthEstimation.withoutModels()
                                        .run(DepthEstimationCommand.ofPath(path).build()));
        assertThat(refusal.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE);
        assertThat(refusal).hasMessageContaining("image_input is \"" + path + "\"");
    }

    @Test
    void absentImageAndAbsentModelAreRefused() {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> DepthEstimationCommand.ofImage(null))
                .withMessageContaining("image_input is null");
        DepthEstimationCommand noDepth =
                DepthEstimationCommand.ofImage(LiftingFixture.png(1, 1)).build();
        assertRefused(noDepth, "supplied_depth", "null");
    }

    @Test
    void onlyWhatIsAskedForIsMade() {
        DepthEstimationCommand command =
                DepthEstimationCommand.ofImage(LiftingFixture.png(2, 1))
                        .suppliedDepth(new SuppliedDepth.Floats(2, 1, new float[] {1, 2}))
                        .build();
        DepthEstimationResult result = DepthEstimation.withoutModels().run(command);
        assertThat(result.depthImage()).isNull();
        assertThat(result.pointCloud()).isNull();
        assertThat(result.saturatedPixels()).isZero();
        assertThat(result.pointCloudScale()).isEqualTo(1.0);
    }

    private static DepthEstimationAdvanceConfig with(String field, double value) {
        DepthEstimationAdvanceConfig.Builder config = mapped(DepthMapping.INVERSE);
        return switch (field) {
            case "fx" -> config.fx(value).build();
            case "fy" -> config.fy(value).build();
            case "cx" -> config.cx(value).build();
            case "cy" -> config.cy(value).build();
            case "depth_scale" -> config.depthScale(value).build();
            case "depth_trunc" -> config.depthTrunc(value).build();
            case "near" -> config.near(value).build();
            case "far" -> config.far(value).build();
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static void assertRefused(DepthEstimationCommand command, String field, String value) {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> DepthEstimation.withoutModels().run(command))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.INVALID_COMMAND))
                .withMessageStartingWith(field + " is ")
                .withMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2.5, 3, 7, 9.99, 10, 13.7, 41, 80, 0.7000001, 123.456})
    void whatLiesAtFarIsDroppedWhateverDepthTruncIs(double depthTrunc) {
        DepthEstimationAdvanceConfig config =
                mapped(DepthMapping.INVERSE).near(0.3).depthTrunc(depthTrunc).build();

        DepthEstimationResult result = lift(3, 1, new float[] {5, 5, 9}, config);

        assertThat(result.pointCloud().count()).isEqualTo(1);
        assertThat(result.pointCloud().z(0)).isEqualTo(0.3f, offset(1e-7f));
    }

    @Test
    void whatLiesAtFarIsExactlyThere() {
        for (int far = 1; far <= 200; far++) {
            DepthEstimationAdvanceConfig config =
                    mapped(DepthMapping.INVERSE).far((double) far).depthTrunc(1000.0).build();

            DepthEstimationResult result = lift(2, 1, new float[] {5, 9}, config);

            assertThat(result.pointCloud().z(0)).isEqualTo(far);
        }
    }

    @Test
    void aMetricModelsLargestDistanceStandsInForDepthTrunc() {
        DepthEstimationAdvanceConfig nothing = DepthEstimationAdvanceConfig.EMPTY;
        Intrinsics camera = DefaultIntrinsics.scaledTo(640, 480);

        assertThat(LiftingParameters.of(nothing, camera, DepthMapping.METRIC, 80.0).depthTrunc())
                .isEqualTo(80);
        assertThat(LiftingParameters.of(nothing, camera, DepthMapping.METRIC, null).depthTrunc())
                .isEqualTo(10);
        assertThat(LiftingParameters.of(nothing, camera, DepthMapping.INVERSE, 80.0).depthTrunc())
                .isEqualTo(10);
        assertThat(
                        LiftingParameters.of(
                                        mapped(DepthMapping.LINEAR).build(),
                                        camera,
                                        DepthMapping.METRIC,
                                        80.0)
                                .depthTrunc())
                .isEqualTo(10);
        assertThat(
                        LiftingParameters.of(
                                        mapped(DepthMapping.METRIC).depthTrunc(5.0).build(),
                                        camera,
                                        DepthMapping.METRIC,
                                        80.0)
                                .depthTrunc())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -0f, -1, NAN, INFINITY, -INFINITY})
    void aHoleOfASensorsFloatsIsNoneOfItsExtremes(float hole) {
        DepthEstimationAdvanceConfig config = mapped(DepthMapping.METRIC).build();

        DepthEstimationResult result = lift(3, 1, new float[] {hole, 1.5f, 3}, config);

        assertThat(result.minDepth()).isEqualTo(1.5f);
        assertThat(result.maxDepth()).isEqualTo(3);
        assertThat(result.depthImage()).containsExactly(0, 0, (short) 65535);
        assertThat(result.pointCloud().count()).isEqualTo(2);
    }
}
