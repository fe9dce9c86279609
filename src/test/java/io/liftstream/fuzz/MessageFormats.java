package io.liftstream.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.liftstream.cli.lift.SensorFrame;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.proto.v1.CameraCalibration;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationAdvanceConfig;
import io.liftstream.proto.v1.DepthEstimationCommand;
import io.liftstream.proto.v1.DepthMapping;
import io.liftstream.proto.v1.FixedRange;
import io.liftstream.proto.v1.SuppliedDepth;
import io.liftstream.proto.v1.SuppliedDepthEncoding;
import io.liftstream.wire.CalibrationCodec;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.Lifted;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.RejectionCodec;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultDecoder;
import io.liftstream.wire.ResultFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/** Messages of the three topics. A frame is lifted, as far as it can be without a network. */
final class MessageFormats {
    private static final Provenance READ = new Provenance("frames", 0, 1, 2);
    private static final RequestDecoder REQUESTS =
            new RequestDecoder(
                    new AllowedModels(List.of(), List.of(), List.of()),
                    new ResultFormat(
                            DepthMapFormat.FLOAT32,
                            DepthImageFormat.PNG,
                            DistanceFormat.METRES,
                            1 << 20));

    private MessageFormats() {}

    static List<FuzzTarget> all() {
        Set<Class<? extends Exception>> refusals = Set.of(InvalidProtocolBufferException.class);
        return List.of(
                FuzzTarget.of(
                        "frame",
                        5000,
                        List.of(frame()),
                        MessageFormats::readFrame,
                        Set.of(LiftingException.class)),
                FuzzTarget.of(
                        "result", 8000, Lifted.messages(), MessageFormats::readResult, refusals),
                FuzzTarget.of(
                        "calibration",
                        10_000,
                        List.of(calibration()),
                        MessageFormats::readCalibration,
                        Set.of(CalibrationCodec.UnusableCalibrationException.class)),
                FuzzTarget.of(
                        "rejection",
                        4000,
                        List.of(rejection()),
                        MessageFormats::readRejection,
                        refusals));
    }

    private static byte[] frame() {
        ByteBuffer depth =
                ByteBuffer.allocate(2 * SensorFrame.WIDTH * SensorFrame.HEIGHT)
                        .order(ByteOrder.LITTLE_ENDIAN);
        depth.asShortBuffer().put(SensorFrame.raw(SensorFrame.millimetres()));
        byte[] image = LiftingFixture.png(SensorFrame.WIDTH, SensorFrame.HEIGHT);
        return CameraFrame.newBuilder()
                .setCameraId("gate")
                .setCaptureTime(Timestamp.newBuilder().setSeconds(1_700_000_000L).setNanos(5))
                .setSequence(7)
                .setStreamId("left")
                .setCommand(
                        DepthEstimationCommand.newBuilder()
                                .setImageBytes(ByteString.copyFrom(image))
                                .setReturnDepthImage(true)
                                .setReturnPointCloud(true)
                                .setReturnMesh(true)
                                .setSuppliedDepth(
                                        SuppliedDepth.newBuilder()
                                                .setWidth(SensorFrame.WIDTH)
                                                .setHeight(SensorFrame.HEIGHT)
                                                .setEncoding(
                                                        SuppliedDepthEncoding
                                                                .SUPPLIED_DEPTH_ENCODING_UINT16)
                                                .setData(ByteString.copyFrom(depth.array())))
                                .setAdvancedConfig(
                                        DepthEstimationAdvanceConfig.newBuilder()
                                                .setFx(525)
                                                .setNear(0.5)
                                                .setFar(10)
                                                .setDepthTrunc(10)
                                                .setEdgeFilter(0.04)
                                                .setDepthMapping(DepthMapping.DEPTH_MAPPING_METRIC)
                                                .setFixedRange(
                                                        FixedRange.newBuilder().setLo(1).setHi(2))))
                .build()
                .toByteArray();
    }

    /** A rejection is an outcome, and so is a refusal behind it. */
    private static void readFrame(byte[] value) {
        ReceivedFrame received = FrameDecoder.decode("gate".getBytes(UTF_8), value, READ);
        if (received.rejection() != null) {
            RejectionCodec.encode(received.rejection());
            throw new LiftingException(
                    received.rejection().reason(),
                    "frame",
                    "refused",
                    received.rejection().detail());
        }
        if (!CameraId.isValid(received.frame().cameraId())) {
            throw new IllegalStateException("a frame of no camera");
        }
        var command = REQUESTS.decode(received.frame().payload(), LiftingDefaults.EMPTY).command();
        if (command.suppliedDepth() != null) {
            DepthEstimation.withoutModels().run(command);
        }
    }

    private static void readResult(byte[] value) throws InvalidProtocolBufferException {
        ReadResult read = ResultDecoder.decode(value);
        int pixels = Math.multiplyExact(read.result().width(), read.result().height());
        float[] map = read.result().depthMap();
        if (map != null && map.length != pixels) {
            throw new IllegalStateException("a depth map of another size than the result");
        }
        if (!CameraId.isValid(read.cameraId()) || read.captureTimeNanos() < 0) {
            throw new IllegalStateException("a result of no camera, or of no time");
        }
    }

    private static byte[] calibration() {
        return CameraCalibration.newBuilder()
                .setTimestamp(Timestamp.newBuilder().setSeconds(1_700_000_000L))
                .setWidth(640)
                .setHeight(480)
                .setDistortionModel("plumb_bob")
                .addAllD(List.of(0.1, -0.05, 0.001, 0.001, 0.0))
                .addAllK(List.of(500.0, 0.0, 320.0, 0.0, 500.0, 240.0, 0.0, 0.0, 1.0))
                .build()
                .toByteArray();
    }

    private static void readCalibration(byte[] value) throws Exception {
        CalibrationCodec.decode(new CalibrationRecord("gate", value, READ));
    }

    private static byte[] rejection() {
        return RejectionCodec.encode(
                new FrameRejection(
                        RejectionReason.SHED,
                        "shed",
                        "too old",
                        READ,
                        "gate",
                        1_700_000_000_000_000_000L,
                        7L,
                        new byte[30],
                        30,
                        new long[] {2, 5}));
    }

    /** As {@code rejected} shows it. */
    private static void readRejection(byte[] value) throws InvalidProtocolBufferException {
        FrameRejection read = RejectionCodec.decode(value);
        String shown = read.detail() + read.stage() + read.cameraId() + read.provenance().topic();
        if (shown.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalStateException("text that a terminal would obey: " + shown);
        }
        read.frames();
    }
}
