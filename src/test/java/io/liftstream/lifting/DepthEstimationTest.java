package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageDecoder;
import io.liftstream.network.DepthModels;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade, with a network whose answers are known. */
class DepthEstimationTest {
    @TempDir private Path folder;
    private DepthModels models;
    private DepthEstimation estimation;

    @BeforeEach
    void open() throws IOException {
        models = BrightnessModel.open(folder);
        estimation = new DepthEstimation(models);
    }

    @AfterEach
    void close() {
        estimation.close();
        models.close();
    }

    @Test
    void liftsAnImageWithTheDefaultModel() {
        DepthEstimationResult result =
                estimation.run(
                        DepthEstimationCommand.ofImage(halves(new Color(51, 51, 51)))
                                .returnDepthImage(true)
                                .returnPointCloud(true)
                                .build());
        assertThat(result.width()).isEqualTo(56);
        assertThat(result.height()).isEqualTo(28);
        // Grey 51 is 0.2, its reciprocal 5; white is 1. The input has the image's size.
        assertThat(result.depthMap()[0]).isEqualTo(5f, within(1e-5f));
        assertThat(result.depthMap()[55]).isEqualTo(1f, within(1e-5f));
        assertThat(result.maxDepth()).isEqualTo(result.depthMap()[0]);
        assertThat(result.depthMapping()).isEqualTo(DepthMapping.INVERSE);
        assertThat(result.axes()).isEqualTo(Axes.OPTICAL);
        assertThat(result.metric()).isFalse();
        assertThat(result.intrinsics()).isEqualTo(new Intrinsics(525, 525, 319.5, 239.5));
        // The white half lies at far, which is depth_trunc, and is dropped.
        assertThat(result.pointCloud().count()).isEqualTo(28 * 28);
        assertThat(result.pointCloud().z(0)).isEqualTo(0.5f);
        assertThat(result.pointCloud().red(0)).isEqualTo(51);
        assertThat(result.backendUsed()).isEqualTo(folder.resolve("brightness.onnx").toString());
        assertThat(result.backendIdentity()).matches("brightness@[0-9a-f]{64}");
    }

    @Test
    void anImageWithoutFiniteDepthIsRefused() {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> estimation.run(command(halves(Color.BLACK))))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.INFERENCE_FAILED))
                .withMessageContaining("NaN or infinite")
                .withMessageContaining("brightness@");
    }

    @Test
    void readsAnImageFromAPathAndFromAFileUri() throws IOException {
        Path file = folder.resolve("image.png");
        Files.write(file, halves(Color.GRAY));
        float[] expected = estimation.run(command(halves(Color.GRAY))).depthMap();
        for (String name : List.of(file.toString(), file.toUri().toString())) {
            assertThat(estimation.run(DepthEstimationCommand.ofPath(name).build()).depthMap())
                    .isEqualTo(expected);
        }
    }

    @Test
    void anImageTooNarrowForTheNetworkIsRefusedBeforeItRuns() {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> estimation.run(command(LiftingFixture.png(2000, 10))))
                .withMessageContaining("image_input size is 2000 x 10");
    }

    @Test
    void theJobsIntrinsicsFollowTheImage() {
        DepthEstimation scaling =
                new DepthEstimation(
                        models,
                        new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                        DefaultIntrinsics.SCALED_TO_IMAGE,
                        StepListener.NONE);
        DepthEstimationCommand given =
                DepthEstimationCommand.ofImage(LiftingFixture.png(1280, 720))
                        .suppliedDepth(new SuppliedDepth.Floats(1280, 720, new float[1280 * 720]))
                        .advancedConfig(DepthEstimationAdvanceConfig.builder().fx(900.0).build())
                        .build();
        assertThat(scaling.run(given).intrinsics())
                .isEqualTo(new Intrinsics(900, 525 / 800.0 * Math.hypot(1280, 720), 639.5, 359.5));
        assertThat(DefaultIntrinsics.scaledTo(640, 480))
                .isEqualTo(new Intrinsics(525, 525, 319.5, 239.5));
    }

    @Test
    void theListenerIsToldOfEveryStepOfANetworkAndOfPreparationAlone() {
        List<LiftingStep> steps = new ArrayList<>();
        DepthEstimation timed =
                new DepthEstimation(
                        models,
                        new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                        DefaultIntrinsics.PRIME_SENSE,
                        (step, images, nanos) -> {
                            assertThat(images).isEqualTo(1);
                            assertThat(nanos).isNotNegative();
                            steps.add(step);
                        });
        timed.run(command(halves(Color.GRAY)));
        assertThat(steps).containsExactly(LiftingStep.values());
        steps.clear();
        timed.run(
                LiftingFixture.command(
                        new SuppliedDepth.Floats(1, 1, new float[] {1}),
                        DepthEstimationAdvanceConfig.EMPTY));
        assertThat(steps).containsExactly(LiftingStep.PREPARE);
    }

    @Test
    void eachFieldOfAConfigurationIsOverriddenByItself() {
        DepthEstimationAdvanceConfig camera =
                DepthEstimationAdvanceConfig.builder()
                        .fx(1.0)
                        .fy(2.0)
                        .cx(3.0)
                        .cy(4.0)
                        .depthScale(5.0)
                        .depthTrunc(6.0)
                        .depthMapping(DepthMapping.LINEAR)
                        .near(7.0)
                        .far(8.0)
                        .fixedRange(new FixedRange(9, 10))
                        .axes(Axes.OPENGL)
                        .build();
        DepthEstimationAdvanceConfig message =
                DepthEstimationAdvanceConfig.builder().cy(11.0).axes(Axes.OPTICAL).build();
        assertThat(camera.overriddenBy(DepthEstimationAdvanceConfig.EMPTY)).isEqualTo(camera);
        assertThat(DepthEstimationAdvanceConfig.EMPTY.overriddenBy(camera)).isEqualTo(camera);
        DepthEstimationAdvanceConfig merged = camera.overriddenBy(message);
        assertThat(merged.cy()).isEqualTo(11.0);
        assertThat(merged.axes()).isEqualTo(Axes.OPTICAL);
        assertThat(merged.cx()).isEqualTo(3.0);
        assertThat(merged.fixedRange()).isEqualTo(new FixedRange(9, 10));
    }

    private static DepthEstimationCommand command(byte[] png) {
        return DepthEstimationCommand.ofImage(png).returnPointCloud(true).build();
    }

    /** A 56 x 28 PNG, its left half of one colour, its right half white. */
    private static byte[] halves(Color left) {
        return LiftingFixture.png(56, 28, (x, y) -> x < 28 ? left.getRGB() : -1);
    }
}
