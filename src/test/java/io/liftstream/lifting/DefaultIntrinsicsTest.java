package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultIntrinsicsTest {

    @Test
    void anImageOfPrimeSensesSizeHasItsIntrinsics() {
        assertThat(DefaultIntrinsics.scaledTo(640, 480))
                .isEqualTo(new Intrinsics(525, 525, 319.5, 239.5));
    }

    @ParameterizedTest
    @CsvSource({"1920, 1080", "1080, 1920", "4000, 3000", "1, 1", "2000, 10", "481, 361"})
    void pixelsAreSquareAndTheCameraLooksThroughTheMiddle(int width, int height) {
        Intrinsics scaled = DefaultIntrinsics.scaledTo(width, height);

        assertThat(scaled.fx()).isEqualTo(scaled.fy());
        assertThat(scaled.cx()).isEqualTo((width - 1) / 2.0);
        assertThat(scaled.cy()).isEqualTo((height - 1) / 2.0);
        assertThat(Math.hypot(width, height) / scaled.fx()).isEqualTo(800.0 / 525, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"480, 270", "1000, 562.5", "1080, 607.5", "4000, 2250", "270, 480", "2250, 4000"})
    void onePictureHasTheSameRaysAtEveryResolution(double width, double height) {
        Intrinsics scaled = DefaultIntrinsics.scaledTo((int) width, (int) height);
        Intrinsics large =
                DefaultIntrinsics.scaledTo(
                        width > height ? 16_000 : 9_000, width > height ? 9_000 : 16_000);
        double largeWidth = width > height ? 16_000 : 9_000;

        // The outer edges of the picture lie half a pixel beyond the outermost centres.
        assertThat((-0.5 - scaled.cx()) / scaled.fx())
                .isEqualTo((-0.5 - large.cx()) / large.fx(), within(1e-3));
        assertThat((width - 0.5 - scaled.cx()) / scaled.fx())
                .isEqualTo((largeWidth - 0.5 - large.cx()) / large.fx(), within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"480, 360", "1000, 750", "1080, 810", "4000, 3000"})
    void onePictureGivesTheSameCloudUpToSampling(int width, int height) {
        float[] plane = new float[width * height];
        for (int i = 0; i < plane.length; i++) {
            double across = (i % width + 0.5) / width;
            int row = i / width;
            double down = (row + 0.5) / height;
            plane[i] = (float) (1 + across + 0.5 * down);
        }
        DepthEstimation scaling =
                new DepthEstimation(
                        model -> {
                            throw new AssertionError("no network is needed");
                        },
                        new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                        DefaultIntrinsics.SCALED_TO_IMAGE,
                        StepListener.NONE);
        PointCloud cloud =
                scaling.run(
                                LiftingFixture.command(
                                        new SuppliedDepth.Floats(width, height, plane),
                                        DepthEstimationAdvanceConfig.EMPTY))
                        .pointCloud();

        // The corners of the picture, at distances of 1, 2, 1.5 and 2.5 m, seen by a focal length
        // of 525 pixels at 640 x 480; a coarse picture's centres lie up to a pixel further in.
        double tolerance = 2.0 / width;
        assertCorner(cloud, 0, -320 / 525.0, -240 / 525.0, 1, tolerance);
        assertCorner(cloud, width - 1, 2 * 320 / 525.0, 2 * -240 / 525.0, 2, tolerance);
        assertCorner(
                cloud, cloud.count() - 1, 2.5 * 320 / 525.0, 2.5 * 240 / 525.0, 2.5, tolerance);
    }

    private static void assertCorner(
            PointCloud cloud, int point, double x, double y, double z, double tolerance) {
        assertThat(cloud.x(point)).isEqualTo((float) x, within((float) (2 * tolerance)));
        assertThat(cloud.y(point)).isEqualTo((float) y, within((float) (2 * tolerance)));
        assertThat(cloud.z(point)).isEqualTo((float) z, within((float) (2 * tolerance)));
    }
}
