package io.liftstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.lifting.scale.KnownPoint;
import io.liftstream.lifting.scale.KnownPoints;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CalibrationCodecTest {
    private static final Provenance PLACE = new Provenance("calibration", 0, 7, 1234);

    @Test
    void aFoxgloveCalibrationIsOneAsItIs() throws Exception {
        DatedCalibration read = decode("gate", foxglove().build().toByteArray());

        assertThat(read.validFromNanos()).isEqualTo(1_700_000_000_000_000_005L);
        assertThat(read.appendedMillis()).isEqualTo(1234);
        assertThat(read.lens())
                .isEqualTo(
                        new CameraCalibration(
                                640,
                                480,
                                new Intrinsics(500, 510, 320, 240),
                                LensModel.PLUMB_BOB,
                                List.of(-0.3, 0.1, 0.0, 0.0, 0.01)));
        assertThat(read.pose()).isNull();
        assertThat(read.rectification().projection()).hasSize(12);
    }

    @Test
    void fieldsThatFoxgloveHasAreFoxgloves() {
        for (FieldDescriptor theirs :
                io.liftstream.proto.foxglove.CameraCalibration.getDescriptor().getFields()) {
            FieldDescriptor ours =
                    io.liftstream.proto.v1.CameraCalibration.getDescriptor()
                            .findFieldByNumber(theirs.getNumber());
            assertThat(ours.getName()).isEqualTo(theirs.getName());
            assertThat(ours.getType()).isEqualTo(theirs.getType());
        }
    }

    @Test
    void whatIsEncodedComesBack() throws Exception {
        CameraCalibration lens =
                new CameraCalibration(
                        640,
                        480,
                        new Intrinsics(500, 510, 320, 240),
                        LensModel.KANNALA_BRANDT,
                        List.of(0.1, 0.2, 0.3, 0.4));
        Rectification rectification =
                new Rectification(List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), List.of());
        CameraPose pose = CameraPose.parse("1,2,3;0,0,1,0");

        KnownPoints points = KnownPoints.parse("320,240,3.1; 639,479,1.4");

        DatedCalibration read =
                decode("gate", CalibrationCodec.encode(lens, rectification, pose, points, 99));

        assertThat(read.lens()).isEqualTo(lens);
        assertThat(read.pose()).isEqualTo(pose);
        assertThat(read.rectification()).isEqualTo(rectification);
        assertThat(read.knownPoints()).isEqualTo(points);
        assertThat(read.validFromNanos()).isEqualTo(99);
    }

    @Test
    void theHashIsOfWhatItSaysAndNotOfWhenItBegins() throws Exception {
        String sha256 = decode("gate", foxglove().build().toByteArray()).sha256();

        assertThat(sha256).hasSize(64);
        assertThat(
                        decode(
                                        "gate",
                                        foxglove()
                                                .setTimestamp(Timestamp.newBuilder().setSeconds(9))
                                                .build()
                                                .toByteArray())
                                .sha256())
                .isEqualTo(sha256);
        assertThat(decode("gate", foxglove().setWidth(641).build().toByteArray()).sha256())
                .isNotEqualTo(sha256);
    }

    @Test
    void withoutDistortionItIsAPinhole() throws Exception {
        DatedCalibration read =
                decode("gate", foxglove().clearD().clearDistortionModel().build().toByteArray());
        assertThat(read.lens().parameters()).containsExactly(0.0, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void absurdCalibrationsAreRefusedWithWhatWouldBeRight() {
        byte[] right = foxglove().build().toByteArray();
        refused(null, right, "the record's key is missing: it must be the camera id");
        refused("a/b", right, "the record's key is \"a/b\"");
        refused("gate", new byte[0], "the value is empty");
        refused("gate", "rubbish".getBytes(UTF_8), "value is not a CameraCalibration");
        refused(message -> message.clearTimestamp(), "timestamp is missing");
        refused(
                message -> message.setTimestamp(Timestamp.newBuilder().setSeconds(-1)),
                "timestamp is -1 s 0 ns");
        refused(message -> message.clearK(), "K has 0 numbers: it must have 9");
        refused(message -> message.setK(1, 0.5), "skewed pixels are not known");
        refused(message -> message.setK(0, 0), "focal lengths are 0.0, 510.0");
        refused(message -> message.setK(2, 700), "principal point is 700.0, 240.0");
        refused(message -> message.setWidth(0), "size is 0 x 480");
        refused(message -> message.setDistortionModel("thin_prism"), "distortion_model is");
        refused(message -> message.clearDistortionModel(), "or empty with no D");
        refused(message -> message.addD(1), "plumb_bob has 6 parameters: must be 5");
        refused(message -> message.setD(0, Double.NaN), "must be finite");
        refused(message -> message.clearP().addP(1), "P is [1.0]: it must be 12");
        refused(message -> message.addR(Double.NaN), "R is [NaN]: it must be 9");
    }

    @Test
    void knownPointsThatFixNoScaleAreRefused() {
        refusedPoints("known_points: one point: give two or more", point(3, 4, 1));
        refusedPoints("known_points: two points at (3, 4)", point(3, 4, 1), point(3, 4, 2));
        refusedPoints("the point at (3, 4) is 0.0 m away", point(3, 4, 0), point(5, 4, 2));
        refusedPoints("the point at (-1, 4)", point(-1, 4, 1), point(5, 4, 2));
        refusedPoints("known point is (640, 4)", point(640, 4, 1), point(5, 4, 2));
        KnownPoint[] many = new KnownPoint[65];
        Arrays.setAll(many, i -> point(i, 0, 1 + i));
        refusedPoints("known_points has 65 points: at most 64", many);
    }

    private static KnownPoint point(int column, int row, double metres) {
        return new KnownPoint(column, row, metres);
    }

    private static void refusedPoints(String problem, KnownPoint... points) {
        CameraCalibration lens =
                new CameraCalibration(
                        640,
                        480,
                        new Intrinsics(500, 510, 320, 240),
                        LensModel.PLUMB_BOB,
                        List.of(0.0, 0.0, 0.0, 0.0, 0.0));
        KnownPoints given = new KnownPoints(List.of(points));
        refused(
                "gate",
                CalibrationCodec.encode(lens, Rectification.NONE, null, given, 99),
                problem);
    }

    @Test
    void aPoseThatIsNoneIsRefused() {
        byte[] message =
                io.liftstream.proto.v1.CameraCalibration.newBuilder()
                        .setPose(io.liftstream.proto.v1.Pose.getDefaultInstance())
                        .build()
                        .toByteArray();
        byte[] both = new byte[message.length + foxglove().build().getSerializedSize()];
        System.arraycopy(message, 0, both, 0, message.length);
        System.arraycopy(
                foxglove().build().toByteArray(),
                0,
                both,
                message.length,
                both.length - message.length);
        refused("gate", both, "pose is [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]");
    }

    private static void refused(
            Consumer<io.liftstream.proto.foxglove.CameraCalibration.Builder> change,
            String problem) {
        var message = foxglove();
        change.accept(message);
        refused("gate", message.build().toByteArray(), problem);
    }

    private static void refused(String key, byte[] value, String problem) {
        assertThatThrownBy(() -> decode(key, value))
                .isInstanceOf(CalibrationCodec.UnusableCalibrationException.class)
                .hasMessageContaining(problem);
    }

    private static DatedCalibration decode(String key, byte[] value) throws Exception {
        return CalibrationCodec.decode(new CalibrationRecord(key, value, PLACE));
    }

    private static io.liftstream.proto.foxglove.CameraCalibration.Builder foxglove() {
        return io.liftstream.proto.foxglove.CameraCalibration.newBuilder()
                .setTimestamp(Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(5))
                .setFrameId("gate_optical")
                .setWidth(640)
                .setHeight(480)
                .setDistortionModel("plumb_bob")
                .addAllD(List.of(-0.3, 0.1, 0.0, 0.0, 0.01))
                .addAllK(List.of(500.0, 0.0, 320.0, 0.0, 510.0, 240.0, 0.0, 0.0, 1.0))
                .addAllP(
                        List.of(
                                500.0, 0.0, 320.0, 0.0, 0.0, 510.0, 240.0, 0.0, 0.0, 0.0, 1.0,
                                0.0));
    }
}
