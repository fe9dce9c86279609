package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.proto.v1.DepthEstimationResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a result says of how its camera was set up. */
class CameraSetupTest {
    private static final ResultFormat FORMAT =
            new ResultFormat(
                    DepthMapFormat.FLOAT32, DepthImageFormat.PNG, DistanceFormat.NONE, 1 << 20);
    private static final CameraPose POSE = CameraPose.parse("1,2,3;-0.5,0.5,-0.5,0.5");

    @Test
    void theCalibrationAndThePoseComeBack() throws Exception {
        Lifted lifted = Lifted.ofSize(8, 6);
        byte[] value = lifted.encode(FORMAT, new CameraSetup(calibration(), POSE)).value();

        CameraSetup read = ResultDecoder.decode(value).setup();

        assertThat(value).isEqualTo(DepthEstimationResult.parseFrom(value).toByteArray());
        assertThat(read.pose()).isEqualTo(POSE);
        assertThat(read.calibration().validFromNanos()).isEqualTo(1_700_000_000_000_000_005L);
        assertThat(read.calibration().sha256()).isEqualTo("abc");
        assertThat(read.calibration().rectification().rotation()).hasSize(9);
    }

    /** 4 x 3 calibrated, 8 x 6 lifted. */
    @Test
    void theProjectionIsThatOfThePicture() throws Exception {
        byte[] value =
                Lifted.ofSize(8, 6).encode(FORMAT, new CameraSetup(calibration(), null)).value();

        List<Double> projection =
                ResultDecoder.decode(value).setup().calibration().rectification().projection();

        assertThat(projection)
                .containsExactly(8.0, 0.0, 3.5, -2.0, 0.0, 10.0, 2.5, 0.0, 0.0, 0.0, 1.0, 0.0);
    }

    @Test
    void withoutACalibrationOrPoseNothingIsSaid() throws Exception {
        byte[] value = Lifted.small().encode(FORMAT).value();
        assertThat(ResultDecoder.decode(value).setup()).isEqualTo(CameraSetup.UNKNOWN);
        assertThat(DepthEstimationResult.parseFrom(value).getPointCloud().getFrameId())
                .isEqualTo("gate");
    }

    @Test
    void aCloudWhoseCameraStandsSomewhereLiesInTheWorld() throws Exception {
        byte[] value = Lifted.small().encode(FORMAT, new CameraSetup(null, POSE)).value();

        var cloud = DepthEstimationResult.parseFrom(value).getPointCloud();

        assertThat(cloud.getFrameId()).isEqualTo("world");
        CameraPose told = PoseCodec.fromMessage(cloud.getPose());
        boolean openGl =
                ResultDecoder.decode(value).result().axes() == io.liftstream.frame.Axes.OPENGL;
        assertThat(told.toWorld(0.1, openGl ? -0.2 : 0.2, openGl ? -2 : 2))
                .containsExactly(POSE.toWorld(0.1, 0.2, 2), within(1e-12));
    }

    @Test
    void aPoseOfTheCalibrationIsStrongerThanTheConfigured() {
        DatedCalibration without = calibration();
        DatedCalibration with =
                new DatedCalibration(
                        1, 0, "x", without.lens(), POSE, Rectification.NONE, KnownPoints.NONE);
        CameraPose configured = CameraPose.parse("9,9,9;0,0,0,1");
        assertThat(CameraSetup.of(with, configured).pose()).isEqualTo(POSE);
        assertThat(CameraSetup.of(without, configured).pose()).isEqualTo(configured);
        assertThat(CameraSetup.of(null, configured).pose()).isEqualTo(configured);
    }

    private static DatedCalibration calibration() {
        return new DatedCalibration(
                1_700_000_000_000_000_005L,
                0,
                "abc",
                new CameraCalibration(
                        4, 3, new Intrinsics(4, 5, 1.5, 1), LensModel.PLUMB_BOB, List.of()),
                null,
                new Rectification(
                        List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
                        List.of(4.0, 0.0, 1.5, -1.0, 0.0, 5.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0)),
                KnownPoints.NONE);
    }
}
