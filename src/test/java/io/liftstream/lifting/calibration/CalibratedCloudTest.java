package io.liftstream.lifting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.CameraOptics;
import io.liftstream.lifting.DepthRange;
import io.liftstream.lifting.DepthSource;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.lifting.LiftingParameters;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.WantedOutputs;
import io.liftstream.lifting.surface.MeshSettings;
import io.liftstream.lifting.surface.SurfaceMesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plane whose true distances were seen through a lens comes back flat. */
class CalibratedCloudTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final double[] NORMAL = {0.3, -0.2, 1};
    private static final double DISTANCE = 3;

    @ParameterizedTest
    @MethodSource("io.liftstream.lifting.calibration.RayTableTest#lenses")
    void aPlaneIsFlatThroughItsLensAndBentThroughAPinhole(CameraCalibration lens) {
        float[] metres = plane(lens);
        EstimatedImage pinhole = image(metres, lens.intrinsics(WIDTH, HEIGHT));
        LiftedImage lifted = new ImageLifter().lift(new CameraOptics().calibrated(pinhole, lens));

        PointCloud cloud = lifted.packed().pointCloud();
        double bent = rms(new ImageLifter().lift(pinhole).packed().pointCloud());
        System.out.printf(
                "%s: plane RMS %.4f mm, %.0f mm through a pinhole%n",
                lens.model(), 1000 * rms(cloud), 1000 * bent);
        assertThat(cloud.count()).isGreaterThan(WIDTH * HEIGHT * 9 / 10);
        assertThat(rms(cloud)).isLessThan(1e-3);
        assertThat(bent).isGreaterThan(0.01);
        assertThat(lifted.result().calibration()).isEqualTo(lens);
        assertThat(lifted.result().intrinsics()).isEqualTo(lens.intrinsics(WIDTH, HEIGHT));
        SurfaceMesh mesh = lifted.packed().mesh();
        assertThat(mesh.triangleCount()).isGreaterThan(WIDTH * HEIGHT / 4);
        assertThat(rms(mesh)).isLessThan(1e-3);
    }

    @Test
    void aPictureOfAnotherShapeIsRefused() {
        CameraCalibration lens = RayTableTest.lenses().findFirst().orElseThrow();
        EstimatedImage square =
                EstimatedImage.of(
                        new RgbImage(64, 64, new byte[3 * 64 * 64]),
                        new ImageSize(64, 64),
                        new float[64 * 64],
                        new DepthRange(0, 0, 0),
                        DepthSource.SUPPLIED,
                        parameters(new Intrinsics(50, 50, 32, 32)),
                        new WantedOutputs(false, true, false, false));
        assertThatThrownBy(() -> new CameraOptics().calibrated(square, lens))
                .isInstanceOf(LiftingException.class)
                .hasMessage(
                        "image_input size is 64 x 64: the camera is calibrated for 640 x 480: send"
                                + " pictures of that shape, or correct the calibration");
    }

    /** The plane's distance along the axis for each pixel; none where the lens sees nothing. */
    private static float[] plane(CameraCalibration lens) {
        float[] metres = new float[WIDTH * HEIGHT];
        CameraCalibration scaled =
                new CameraCalibration(
                        WIDTH,
                        HEIGHT,
                        lens.intrinsics(WIDTH, HEIGHT),
                        lens.model(),
                        lens.parameters());
        double[] ray = new double[2];
        for (int i = 0; i < metres.length; i++) {
            boolean found = solve(scaled, i % WIDTH, i / WIDTH, ray);
            double along = NORMAL[0] * ray[0] + NORMAL[1] * ray[1] + NORMAL[2];
            metres[i] = found && along > 0.3 ? (float) (DISTANCE / along) : 0;
        }
        return metres;
    }

    /** Newton's method on the test's own projection, from the ray of a pinhole. */
    private static boolean solve(CameraCalibration lens, int column, int row, double[] ray) {
        double step = 1e-6;
        ray[0] = (column - lens.intrinsics().cx()) / lens.intrinsics().fx();
        ray[1] = (row - lens.intrinsics().cy()) / lens.intrinsics().fy();
        for (int i = 0; i < 40; i++) {
            double[] at = RayTableTest.project(lens, ray[0], ray[1]);
            double missX = at[0] - column;
            double missY = at[1] - row;
            if (Math.hypot(missX, missY) < 1e-7) {
                return true;
            }
            double[] right = RayTableTest.project(lens, ray[0] + step, ray[1]);
            double[] down = RayTableTest.project(lens, ray[0], ray[1] + step);
            double xu = (right[0] - at[0]) / step;
            double yu = (right[1] - at[1]) / step;
            double xv = (down[0] - at[0]) / step;
            double yv = (down[1] - at[1]) / step;
            double determinant = xu * yv - xv * yu;
            ray[0] -= (yv * missX - xv * missY) / determinant;
            ray[1] -= (xu * missY - yu * missX) / determinant;
        }
        return false;
    }

    private static double rms(PointCloud cloud) {
        double sum = 0;
        for (int i = 0; i < cloud.count(); i++) {
            double off = off(cloud.x(i), cloud.y(i), cloud.z(i));
            sum += off * off;
        }
        return Math.sqrt(sum / cloud.count());
    }

    private static double rms(SurfaceMesh mesh) {
        double sum = 0;
        for (int i = 0; i < mesh.positions().length; i += 3) {
            float[] p = mesh.positions();
            double off = off(p[i], p[i + 1], p[i + 2]);
            sum += off * off;
        }
        return Math.sqrt(sum / mesh.vertexCount());
    }

    private static double off(double x, double y, double z) {
        double length = Math.hypot(Math.hypot(NORMAL[0], NORMAL[1]), NORMAL[2]);
        return (NORMAL[0] * x + NORMAL[1] * y + NORMAL[2] * z - DISTANCE) / length;
    }

    private static EstimatedImage image(float[] metres, Intrinsics intrinsics) {
        return EstimatedImage.of(
                new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]),
                new ImageSize(WIDTH, HEIGHT),
                metres,
                DepthRange.ofFinite(metres),
                DepthSource.SUPPLIED,
                parameters(intrinsics),
                new WantedOutputs(false, true, true, false));
    }

    private static LiftingParameters parameters(Intrinsics intrinsics) {
        return new LiftingParameters(
                intrinsics,
                1000,
                20,
                DepthMapping.METRIC,
                0.5,
                20,
                null,
                Axes.OPTICAL,
                0,
                new MeshSettings(1, 89, 0.5));
    }
}
