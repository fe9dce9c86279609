package io.liftstream.job;

import static io.liftstream.lifting.ScaleMode.FRAME;
import static io.liftstream.lifting.ScaleMode.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.scale.KnownPoint;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.stream.EstimateSettings;
import io.liftstream.stream.LiftSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryConfigurationTest {

    @Test
    void relativeDepthIsSteadyUnlessTheJobOrTheCameraSaysOtherwise() {
        LiftSettings lift =
                read(
                                "--cameras.gate.known-points", "10,20,3.5; 100,20,1.25",
                                "--cameras.yard.scale", "frame",
                                "--scale.range-time", "1500 ms")
                        .topology()
                        .lift();

        assertThat(lift.geometry())
                .isEqualTo(new CameraGeometry(STEADY, KnownPoints.NONE, null, null));
        assertThat(lift.cameraGeometry().get("yard").scale()).isEqualTo(FRAME);
        assertThat(lift.cameraGeometry().get("gate").scale()).isEqualTo(STEADY);
        assertThat(lift.cameraGeometry().get("gate").knownPoints().points())
                .containsExactly(new KnownPoint(10, 20, 3.5), new KnownPoint(100, 20, 1.25));
        assertThat(lift.steadyScale()).isEqualTo(new SteadyScaleSettings(1.5, 10));
        assertThat(lift.memoryTtlMillis()).isEqualTo(Duration.ofDays(30).toMillis());
    }

    @Test
    void aCameraMayHaveALens() {
        CameraCalibration calibration =
                read(
                                "--cameras.gate.lens-model=equidistant",
                                "--cameras.gate.lens-parameters=-0.02, 0.004, -0.002, 0.0003",
                                "--cameras.gate.calibrated-width=1280",
                                "--cameras.gate.calibrated-height=720",
                                "--cameras.gate.fx=600",
                                "--cameras.gate.fy=601",
                                "--cameras.gate.cx=639.5",
                                "--cameras.gate.cy=359.5")
                        .topology()
                        .lift()
                        .cameraGeometry()
                        .get("gate")
                        .calibration();

        assertThat(calibration)
                .isEqualTo(
                        new CameraCalibration(
                                1280,
                                720,
                                new Intrinsics(600, 601, 639.5, 359.5),
                                LensModel.KANNALA_BRANDT,
                                List.of(-0.02, 0.004, -0.002, 0.0003)));
        assertThatThrownBy(() -> read("--cameras.gate.lens-model=plumb_bob"))
                .hasMessageContaining(
                        "cameras.gate: a calibration needs lens-parameters, calibrated-width,"
                                + " calibrated-height, fx, fy, cx, cy as well");
        assertThatThrownBy(
                        () ->
                                read(
                                        "--cameras.gate.lens-model=plumb_bob",
                                        "--cameras.gate.lens-parameters=1, 2",
                                        "--cameras.gate.calibrated-width=64",
                                        "--cameras.gate.calibrated-height=48",
                                        "--cameras.gate.fx=60",
                                        "--cameras.gate.fy=60",
                                        "--cameras.gate.cx=32",
                                        "--cameras.gate.cy=24"))
                .hasMessageContaining("cameras.gate: plumb_bob has 2 parameters: must be 5");
    }

    @Test
    void aCameraMayStandSomewhere() {
        CameraPose pose =
                read("--cameras.gate.pose=1,2,3;0,0,0.6,0.8")
                        .topology()
                        .lift()
                        .cameraGeometry()
                        .get("gate")
                        .pose();
        assertThat(pose).isEqualTo(new CameraPose(1, 2, 3, 0, 0, 0.6, 0.8));
    }

    @Test
    void theJobDropsPointsAtEdgesAndACameraMayKeepThem() {
        EstimateSettings estimate = read("--cameras.gate.edge-filter", "0").topology().estimate();
        assertThat(estimate.defaults().config().edgeFilter()).isEqualTo(0.04);
        assertThat(estimate.cameraDefaults().get("gate").config().edgeFilter()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cameras.gate.known-points=10,20,3 | cameras.gate.known-points: one point: give two",
                "--lifting.known-points=1,2,3;4,5,6 | write cameras.<camera id>.known-points",
                "--cameras.gate.pose=1,2,3 | cameras.gate.pose: pose is [1.0, 2.0, 3.0]: it must be x,y,z;",
                "--lifting.pose=0,0,0;0,0,0,1 | write cameras.<camera id>.pose",
                "--calibration.hindsight=true | calibration.hindsight is true and option job.mode is live",
                "--topics.calibration=liftstream.frames | it must be a topic of its own",
                "--cloud.voxel=0.0001 | cloud.voxel is 0.0001: it must be 0, or 0.001 to 100",
                "--cameras.gate.edge-filter=1.5 | cameras.gate.edge-filter is 1.5: must be a share",
                "--scale.range-time=0s | scale.range-time is 0 ms: it must be more than 0 ms"
            })
    void aGeometryThatCannotBeIsRefused(String word, String message) {
        assertThatThrownBy(() -> read(word))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void knownPointsAndAFixedRangeContradictEachOther() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "--lifting.range-lo=0",
                                        "--lifting.range-hi=1",
                                        "--cameras.gate.known-points=1,2,3;4,5,6"))
                .hasMessageContaining("known-points and range-lo, range-hi both fix the scale");
    }

    private static JobSettings read(String... words) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers", "broker:9092"));
        all.addAll(List.of(words));
        return JobSettingsReader.read(ConfigurationLoader.load(null, all));
    }
}
