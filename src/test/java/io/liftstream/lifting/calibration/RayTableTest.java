package io.liftstream.lifting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Intrinsics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test projects with formulas of its own, written from the models' definitions. */
class RayTableTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double SQUARE = 0.2;
    private static final double WALL = 1.5;

    /** Before the first of the four lenses folds back. */
    private static final double WIDEST = 1.4;

    private static final CameraCalibration PLUMB_BOB =
            calibration(
                    new Intrinsics(420, 425, 315.5, 243),
                    LensModel.PLUMB_BOB,
                    -0.32,
                    0.12,
                    0.001,
                    -0.0008,
                    -0.02);
    private static final CameraCalibration RATIONAL =
            calibration(
                    new Intrinsics(300, 302, 322, 238),
                    LensModel.RATIONAL_POLYNOMIAL,
                    0.9,
                    0.12,
                    0.0005,
                    0.0003,
                    0.005,
                    1.25,
                    0.32,
                    0.03);
    private static final CameraCalibration KANNALA_BRANDT =
            calibration(
                    new Intrinsics(280, 281, 319.5, 239.5),
                    LensModel.KANNALA_BRANDT,
                    -0.02,
                    0.004,
                    -0.002,
                    0.0003);
    private static final CameraCalibration FISHEYE62 =
            calibration(
                    new Intrinsics(290, 290, 321, 241),
                    LensModel.FISHEYE62,
                    0.03,
                    -0.015,
                    0.004,
                    -0.0008,
                    0.0009,
                    -0.0006);

    static Stream<CameraCalibration> lenses() {
        return Stream.of(PLUMB_BOB, RATIONAL, KANNALA_BRANDT, FISHEYE62);
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void aPointOnThePixelsRayIsProjectedOntoThePixel(CameraCalibration camera) {
        RayTable rays = camera.rays(WIDTH, HEIGHT);
        Projection projection = Projection.of(camera, camera.intrinsics(WIDTH, HEIGHT));
        for (int row = 0; row < HEIGHT; row += 7) {
            for (int column = 0; column < WIDTH; column += 7) {
                double x = rays.x(column, row);
                double y = rays.y(column, row);
                if (!Double.isNaN(x)) {
                    projection.project(3 * x, 3 * y, 3);
                    assertThat(projection.column()).isEqualTo(column);
                    assertThat(projection.row()).isEqualTo(row);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void theLinesOfACheckerboardAreStraightAndItsPlaneIsFlat(CameraCalibration camera) {
        RayTable rays = camera.rays(WIDTH, HEIGHT);
        double bent = 0;
        double worst = 0;
        int corners = 0;
        for (int line = -9; line <= 9; line++) {
            for (int corner = -12; corner <= 12; corner++) {
                double x = corner * SQUARE;
                double y = line * SQUARE;
                if (Math.hypot(x, y) / WALL > WIDEST) {
                    continue;
                }
                double[] pixel = project(camera, x / WALL, y / WALL);
                if (pixel[0] < 1 || pixel[1] < 1 || pixel[0] > WIDTH - 2 || pixel[1] > HEIGHT - 2) {
                    continue;
                }
                double[] ray = interpolate(rays, pixel);
                // Where the pinhole of the same focal length would put this corner of the board.
                worst =
                        Math.max(
                                worst,
                                Math.hypot(
                                        (ray[0] - x / WALL) * camera.intrinsics().fx(),
                                        (ray[1] - y / WALL) * camera.intrinsics().fy()));
                bent =
                        Math.max(
                                bent,
                                Math.hypot(
                                        pixel[0]
                                                - camera.intrinsics().fx() * x / WALL
                                                - camera.intrinsics().cx(),
                                        pixel[1]
                                                - camera.intrinsics().fy() * y / WALL
                                                - camera.intrinsics().cy()));
                corners++;
            }
        }
        System.out.printf(
                "%s: %d corners, %.1f px off a pinhole before, %.4f px after%n",
                camera.model(), corners, bent, worst);
        assertThat(corners).isGreaterThan(60);
        assertThat(bent).as("the lens bends").isGreaterThan(3);
        assertThat(worst).isLessThan(0.1);
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void everyRayMeetsItsPixel(CameraCalibration camera) {
        RayTable rays = camera.rays(WIDTH, HEIGHT);
        double worst = 0;
        int found = 0;
        for (int row = 0; row < HEIGHT; row += 7) {
            for (int column = 0; column < WIDTH; column += 7) {
                double x = rays.x(column, row);
                if (!Double.isNaN(x)) {
                    double[] pixel = project(camera, x, rays.y(column, row));
                    worst = Math.max(worst, Math.hypot(pixel[0] - column, pixel[1] - row));
                    found++;
                }
            }
        }
        assertThat(worst).isLessThan(1e-3);
        assertThat(rays.rays()).isGreaterThan(WIDTH * HEIGHT * 9 / 10);
        assertThat(found).isGreaterThan(5000);
    }

    @Test
    void aLensWithoutDistortionIsAPinhole() {
        Intrinsics intrinsics = new Intrinsics(500, 510, 300.25, 222);
        CameraCalibration flat = calibration(intrinsics, LensModel.PLUMB_BOB, 0, 0, 0, 0, 0);
        RayTable rays = flat.rays(WIDTH, HEIGHT);
        Rays pinhole = Rays.ofPinhole(intrinsics);
        assertThat(rays.x(17, 400)).isEqualTo((float) pinhole.x(17, 400));
        assertThat(rays.y(17, 400)).isEqualTo((float) pinhole.y(17, 400));
    }

    @Test
    void aPixelThatNoRayReachesHasNone() {
        // The radius 1 - 0.5 r2 folds back at r = 0.816: the corners, at r = 1.6, see nothing.
        CameraCalibration folded =
                calibration(
                        new Intrinsics(250, 250, 319.5, 239.5),
                        LensModel.PLUMB_BOB,
                        -0.5,
                        0,
                        0,
                        0,
                        0);
        RayTable rays = folded.rays(WIDTH, HEIGHT);
        assertThat(rays.x(0, 0)).isNaN();
        assertThat(rays.x(320, 240)).isCloseTo(0.002, within(1e-4));
        assertThat(rays.rays()).isBetween(1, WIDTH * HEIGHT * 9 / 10);
        CameraCalibration critical =
                calibration(
                        new Intrinsics(290, 290, 319.5, 239.5),
                        LensModel.FISHEYE62,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0.8);
        assertThat(critical.rays(WIDTH, HEIGHT).x(0, 240)).isNaN();
        assertThat(critical.rays(WIDTH, HEIGHT).x(100, 240)).isNotNaN();
    }

    /** Radial parameters alone; the fifth grows faster before it folds. */
    static Stream<CameraCalibration> foldingLenses() {
        Intrinsics narrow = new Intrinsics(500, 500, 319.5, 239.5);
        Intrinsics wide = new Intrinsics(200, 200, 319.5, 239.5);
        return Stream.of(
                calibration(narrow, LensModel.PLUMB_BOB, -0.5, 0.1, 0, 0, 0),
                calibration(narrow, LensModel.PLUMB_BOB, -0.4, 0.05, 0, 0, 0),
                calibration(narrow, LensModel.KANNALA_BRANDT, -0.5, 0.1, 0, 0),
                calibration(narrow, LensModel.FISHEYE62, -0.5, 0.1, 0, 0, 0, 0),
                calibration(wide, LensModel.PLUMB_BOB, 0.3, -0.1, 0, 0, 0),
                calibration(narrow, LensModel.RATIONAL_POLYNOMIAL, -0.5, 0.1, 0, 0, 0, 0.05, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("foldingLenses")
    void aPixelHasTheRayOnThisSideOfTheFirstFoldOrNone(CameraCalibration camera) {
        RayTable rays = camera.rays(WIDTH, HEIGHT);
        double fold = fold(camera);
        double widest = radius(camera, fold);
        int without = 0;
        for (int row = 0; row < HEIGHT; row += 3) {
            for (int column = 0; column < WIDTH; column++) {
                double right = (column - camera.intrinsics().cx()) / camera.intrinsics().fx();
                double down = (row - camera.intrinsics().cy()) / camera.intrinsics().fy();
                double radius = Math.hypot(right, down);
                double ray = Math.hypot(rays.x(column, row), rays.y(column, row));
                if (radius > widest + 1e-6) {
                    assertThat(ray).as("%d, %d", column, row).isNaN();
                    without++;
                } else if (radius < widest - 1e-6) {
                    assertThat(ray).as("%d, %d", column, row).isLessThan(fold);
                    assertThat(radius(camera, ray)).isCloseTo(radius, within(1e-5));
                    assertThat(rays.x(column, row) * right).isPositive();
                }
            }
        }
        assertThat(without).isGreaterThan(100);
    }

    /** The first distance from the axis, at depth 1, from which on the picture no longer grows. */
    private static double fold(CameraCalibration camera) {
        double step = 1e-5;
        double x = step;
        while (radius(camera, x + step) > radius(camera, x)) {
            x += step;
        }
        return x + step;
    }

    /** In focal lengths. */
    private static double radius(CameraCalibration camera, double x) {
        double column = project(camera, x, 0)[0];
        return (column - camera.intrinsics().cx()) / camera.intrinsics().fx();
    }

    @ParameterizedTest
    @MethodSource("lenses")
    void aPictureOfHalfTheSizeHasTheSameRays(CameraCalibration camera) {
        RayTable whole = camera.rays(WIDTH, HEIGHT);
        RayTable half = camera.rays(WIDTH / 2, HEIGHT / 2);
        // The middle of four pixels is the middle of one of half the size.
        double x = (whole.x(200, 100) + whole.x(201, 101)) / 2;
        assertThat(half.x(100, 50)).isCloseTo(x, within(1e-4));
        assertThat(camera.fits(WIDTH / 2, HEIGHT / 2)).isTrue();
        assertThat(camera.fits(1280, 720)).isFalse();
        assertThat(camera.fits(321, 241)).isTrue();
    }

    @Test
    void whatCannotBeACalibrationIsSaid() {
        Intrinsics good = new Intrinsics(400, 400, 320, 240);
        assertThat(calibration(good, LensModel.PLUMB_BOB, 0, 0, 0, 0, 0).problem()).isNull();
        assertThat(calibration(good, LensModel.PLUMB_BOB, 0, 0).problem())
                .isEqualTo("plumb_bob has 2 parameters: must be 5");
        assertThat(calibration(good, LensModel.FISHEYE62, 0).problem())
                .isEqualTo("fisheye62 has 1 parameters: must be 6 or 7");
        assertThat(
                        calibration(
                                        new Intrinsics(0, 400, 320, 240),
                                        LensModel.PLUMB_BOB,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0)
                                .problem())
                .contains("focal lengths are 0.0, 400.0", "not calibrated");
        assertThat(
                        calibration(
                                        new Intrinsics(400, 400, 900, 240),
                                        LensModel.PLUMB_BOB,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0)
                                .problem())
                .contains("principal point is 900.0, 240.0");
        assertThat(calibration(good, LensModel.PLUMB_BOB, 0, 0, Double.NaN, 0, 0).problem())
                .contains("must be finite");
        assertThat(LensModel.ofWireName("equidistant")).isEqualTo(LensModel.KANNALA_BRANDT);
        assertThat(LensModel.ofWireName("fov")).isNull();
    }

    private static CameraCalibration calibration(
            Intrinsics intrinsics, LensModel model, double... parameters) {
        List<Double> list = Arrays.stream(parameters).boxed().toList();
        return new CameraCalibration(WIDTH, HEIGHT, intrinsics, model, list);
    }

    private static double[] interpolate(RayTable rays, double[] pixel) {
        int column = (int) pixel[0];
        int row = (int) pixel[1];
        double a = pixel[0] - column;
        double b = pixel[1] - row;
        double[] ray = new double[2];
        for (int i = 0; i < 4; i++) {
            double weight = (i % 2 == 0 ? 1 - a : a) * (i / 2 == 0 ? 1 - b : b);
            ray[0] += weight * rays.x(column + i % 2, row + i / 2);
            ray[1] += weight * rays.y(column + i % 2, row + i / 2);
        }
        return ray;
    }

    /** The pixel of the point (x, y, 1). */
    static double[] project(CameraCalibration camera, double x, double y) {
        double[] k = camera.parameters().stream().mapToDouble(d -> d).toArray();
        double[] image =
                switch (camera.model()) {
                    case PLUMB_BOB ->
                            tangential(x, y, 1 + powers(x, y, k[0], k[1], k[4]), k[2], k[3]);
                    case RATIONAL_POLYNOMIAL ->
                            tangential(
                                    x,
                                    y,
                                    (1 + powers(x, y, k[0], k[1], k[4]))
                                            / (1 + powers(x, y, k[5], k[6], k[7])),
                                    k[2],
                                    k[3]);
                    case KANNALA_BRANDT, FISHEYE62 -> fisheye(x, y, k);
                };
        Intrinsics intrinsics = camera.intrinsics();
        return new double[] {
            intrinsics.fx() * image[0] + intrinsics.cx(),
            intrinsics.fy() * image[1] + intrinsics.cy()
        };
    }

    private static double powers(double x, double y, double a, double b, double c) {
        double r = Math.hypot(x, y);
        return a * Math.pow(r, 2) + b * Math.pow(r, 4) + c * Math.pow(r, 6);
    }

    private static double[] tangential(double x, double y, double radial, double p1, double p2) {
        double r2 = x * x + y * y;
        return new double[] {
            x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
            y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y
        };
    }

    private static double[] fisheye(double x, double y, double[] k) {
        double theta = Math.atan(Math.hypot(x, y));
        double radius = theta;
        for (int i = 0; i < 4; i++) {
            radius += k[i] * Math.pow(theta, 3 + 2 * i);
        }
        double direction = Math.atan2(y, x);
        double xr = radius * Math.cos(direction);
        double yr = radius * Math.sin(direction);
        if (k.length == 4) {
            return new double[] {xr, yr};
        }
        double r2 = radius * radius;
        return new double[] {
            xr + k[4] * (2 * xr * xr + r2) + 2 * k[5] * xr * yr,
            yr + k[5] * (2 * yr * yr + r2) + 2 * k[4] * xr * yr
        };
    }
}
