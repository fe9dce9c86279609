package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.scale.KnownPoint;
import io.liftstream.lifting.scale.KnownPoints;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results at the network's size show the same scene as those at the picture's. */
class ResultSizeTest {
    private static final int WIDTH = 4 * FakeNetworks.SIDE;
    private static final int HEIGHT = 2 * FakeNetworks.SIDE;
    private static final Intrinsics CAMERA = new Intrinsics(40, 44, 27, 13.5);
    private static final double ROUNDING = 1e-6;

    private final List<ImageSize> checked = new ArrayList<>();

    @Test
    void theNetworksSizeIsTheResults() {
        EstimatedImage image = estimate(ResultSize.NETWORK, WIDTH, HEIGHT);

        assertThat(sizeOf(image)).isEqualTo(new ImageSize(WIDTH / 2, HEIGHT / 2));
        assertThat(image.pictureSize()).isEqualTo(new ImageSize(WIDTH, HEIGHT));
        assertThat(image.depthMap()).hasSize(WIDTH / 2 * HEIGHT / 2);
        assertThat(image.parameters().intrinsics()).isEqualTo(new Intrinsics(20, 22, 13.25, 6.5));
        assertThat(checked).containsExactly(sizeOf(image));
    }

    @Test
    void eachPointLiesBetweenThoseOfThePixelsThatItCovers() {
        PointCloud whole = cloud(estimate(ResultSize.IMAGE, WIDTH, HEIGHT));
        PointCloud half = cloud(estimate(ResultSize.NETWORK, WIDTH, HEIGHT));

        assertThat(whole.count()).isEqualTo(WIDTH * HEIGHT);
        assertThat(half.count()).isEqualTo(whole.count() / 4);
        for (int i = 0; i < half.count(); i++) {
            int first = i / (WIDTH / 2) * 2 * WIDTH + i % (WIDTH / 2) * 2;
            int last = first + WIDTH + 1;
            assertThat((double) half.x(i))
                    .isCloseTo((whole.x(first) + whole.x(last)) / 2.0, within(ROUNDING));
            assertThat((double) half.y(i))
                    .isCloseTo((whole.y(first) + whole.y(last)) / 2.0, within(ROUNDING));
            assertThat(half.z(i)).isEqualTo(whole.z(first));
            assertThat(half.green(i)).isBetween(whole.green(first), whole.green(last));
        }
    }

    @Test
    void aPictureWithFewerPixelsThanTheNetworkKeepsItsSize() {
        EstimatedImage image = estimate(ResultSize.NETWORK, 9, 7);

        assertThat(sizeOf(image)).isEqualTo(new ImageSize(9, 7));
        assertThat(image.parameters().intrinsics()).isEqualTo(CAMERA);
    }

    @Test
    void theCalibrationIsOfThePictureAndTheRaysAreOfTheResult() {
        CameraCalibration lens =
                new CameraCalibration(
                        640,
                        480,
                        new Intrinsics(500, 510, 320, 239),
                        LensModel.PLUMB_BOB,
                        List.of(-0.2, 0.05, 0.0, 0.0, 0.0));
        // A network's size is a multiple of its patches: not quite the picture's shape.
        EstimatedImage image = plane(new ImageSize(1280, 960), new ImageSize(266, 196));

        EstimatedImage seen = new CameraOptics().calibrated(image, lens);

        assertThat(seen.parameters().intrinsics()).isEqualTo(lens.intrinsics(266, 196));
        // Half a pixel of the result is as far from the axis as the pixels that it covers.
        double across = 640.0 / 266;
        EstimatedImage whole =
                new CameraOptics()
                        .calibrated(plane(new ImageSize(640, 480), new ImageSize(640, 480)), lens);
        int column = 200;
        double covered = (column + 0.5) * across - 0.5;
        assertThat(seen.rays().x(column, 98))
                .isCloseTo(
                        (whole.rays().x((int) covered, 239)
                                        + whole.rays().x((int) covered + 1, 239))
                                / 2,
                        within(1.5 / 500));
        assertThatThrownBy(
                        () ->
                                new CameraOptics()
                                        .calibrated(
                                                plane(
                                                        new ImageSize(960, 960),
                                                        new ImageSize(640, 480)),
                                                lens))
                .isInstanceOf(LiftingException.class)
                .hasMessageStartingWith("image_input size is 960 x 960: the camera is calibrated");
    }

    @Test
    void knownPointsMoveToThePixelsThatCoverThem() {
        KnownPoints points = KnownPoints.parse("0,0,3; 639,479,1; 320,240,2");

        assertThat(points.scaled(new ImageSize(640, 480), new ImageSize(256, 192)).points())
                .containsExactly(
                        new KnownPoint(0, 0, 3),
                        new KnownPoint(255, 191, 1),
                        new KnownPoint(128, 96, 2));
        ImageSize same = new ImageSize(640, 480);
        assertThat(points.scaled(same, same)).isSameAs(points);
    }

    private static EstimatedImage plane(ImageSize picture, ImageSize size) {
        float[] metres = new float[(int) size.pixels()];
        java.util.Arrays.fill(metres, 2);
        return EstimatedImage.of(
                new RgbImage(
                        picture.width(), picture.height(), new byte[(int) (3 * picture.pixels())]),
                size,
                metres,
                DepthRange.ofFinite(metres),
                DepthSource.SUPPLIED,
                LiftingParameters.of(
                        DepthEstimationAdvanceConfig.EMPTY, CAMERA, DepthMapping.METRIC, null),
                new WantedOutputs(false, true, false, false));
    }

    private EstimatedImage estimate(ResultSize size, int width, int height) {
        checked.clear();
        return new BatchEstimator(
                        new FakeNetworks(),
                        new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                        DefaultIntrinsics.SCALED_TO_IMAGE,
                        size,
                        (picture, result) -> checked.add(result),
                        StepListener.NONE)
                .estimate(List.of(() -> command(width, height)))
                .get(0)
                .imageOrThrow();
    }

    /** Of one red, which the network takes for a distance. */
    private static DepthEstimationCommand command(int width, int height) {
        return DepthEstimationCommand.ofImage(
                        LiftingFixture.png(width, height, (x, y) -> 0xff0000 + (x + y) * 0x200))
                .returnPointCloud(true)
                .advancedConfig(
                        DepthEstimationAdvanceConfig.builder()
                                .fx(CAMERA.fx())
                                .fy(CAMERA.fy())
                                .cx(CAMERA.cx())
                                .cy(CAMERA.cy())
                                .depthMapping(DepthMapping.METRIC)
                                .axes(Axes.OPTICAL)
                                .build())
                .build();
    }

    private static PointCloud cloud(EstimatedImage image) {
        return new ImageLifter().lift(image).packed().pointCloud();
    }

    private static ImageSize sizeOf(EstimatedImage image) {
        return new ImageSize(image.image().width(), image.image().height());
    }
}
