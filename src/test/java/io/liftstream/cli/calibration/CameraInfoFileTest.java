package io.liftstream.cli.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.calibration.LensModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraInfoFileTest {
    /** As ROS's camera_calibration writes it. */
    private static final String ROS =
            """
            image_width: 640
            image_height: 480
            camera_name: narrow_stereo
            camera_matrix:
              rows: 3
              cols: 3
              data: [500.5, 0.000000, 320, 0.000000, 510, 240, 0, 0, 1]
            distortion_model: rational_polynomial
            distortion_coefficients:
              rows: 1
              cols: 8
              data: [1, 2, 3, 4, 5, 6, 7, 8]
            rectification_matrix:
              rows: 3
              cols: 3
              data: [1, 0, 0, 0, 1, 0, 0, 0, 1]
            projection_matrix:
              rows: 3
              cols: 4
              data: [490, 0, 321, 0, 0, 500, 241, 0, 0, 0, 1, 0]
            """;

    /** As OpenCV's FileStorage writes it. */
    private static final String OPENCV =
            """
            %YAML:1.0
            ---
            calibration_time: "Thu Jan 29 10:00:00 2026"
            image_width: 1280
            image_height: 720
            flags: 0
            fisheye_model: 0
            camera_matrix: !!opencv-matrix
               rows: 3
               cols: 3
               dt: d
               data: [ 9.1e+02, 0., 6.395e+02, 0., 9.1e+02, 3.595e+02, 0., 0., 1. ]
            distortion_coefficients: !!opencv-matrix
               rows: 5
               cols: 1
               dt: d
               data: [ -2.5e-01, 1.2e-01, -2.8e-04, 5.2e-05, 1.3e-01 ]
            avg_reprojection_error: 1.8e-01
            """;

    @Test
    void aFileOfRosIsRead() throws Exception {
        CameraInfoFile info = CameraInfoFile.parse(ROS);

        assertThat(info.lens().width()).isEqualTo(640);
        assertThat(info.lens().intrinsics()).isEqualTo(new Intrinsics(500.5, 510, 320, 240));
        assertThat(info.lens().model()).isEqualTo(LensModel.RATIONAL_POLYNOMIAL);
        assertThat(info.lens().parameters())
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        assertThat(info.rectification().projection()).startsWith(490.0, 0.0, 321.0);
    }

    @Test
    void aFileOfOpenCvIsRead() throws Exception {
        CameraInfoFile info = CameraInfoFile.parse(OPENCV);

        assertThat(info.lens().height()).isEqualTo(720);
        assertThat(info.lens().intrinsics()).isEqualTo(new Intrinsics(910, 910, 639.5, 359.5));
        assertThat(info.lens().model()).isEqualTo(LensModel.PLUMB_BOB);
        assertThat(info.lens().parameters()).startsWith(-0.25, 0.12).hasSize(5);
        assertThat(info.rectification().projection()).isEmpty();
    }

    @Test
    void openCvsFisheyeAndFourCoefficientsAreKnown() throws Exception {
        String four = OPENCV.replace(", 1.3e-01 ]", " ]");
        assertThat(CameraInfoFile.parse(four).lens().parameters()).hasSize(5).endsWith(0.0);
        CameraInfoFile fisheye =
                CameraInfoFile.parse(four.replace("fisheye_model: 0", "fisheye_model: 1"));
        assertThat(fisheye.lens().model()).isEqualTo(LensModel.KANNALA_BRANDT);
        assertThat(fisheye.lens().parameters()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image_width: 640 | | image_width is missing",
                "rational_polynomial | thin_prism | distortion_model is thin_prism",
                "[1, 2, 3, 4, 5, 6, 7, 8] | [1, 2] | rational_polynomial has 2 parameters",
                "[500.5, | [0, | focal lengths are 0.0",
                "[500.5, | [5, 5, | camera_matrix has 10 numbers: it must have 9",
                "[490, | [x, | projection_matrix.data holds \"x\": it is not a number",
            })
    void whatIsWrongIsNamed(String what, String instead, String problem) {
        String text = ROS.replace(what, instead == null ? "" : instead);
        assertThatThrownBy(() -> CameraInfoFile.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"''", "text", "[1]"})
    void whatIsNoCameraInfoIsRefused(String text) {
        assertThatThrownBy(() -> CameraInfoFile.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("camera_info");
    }
}
