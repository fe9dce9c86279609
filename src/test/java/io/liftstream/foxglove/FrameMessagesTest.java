package io.liftstream.foxglove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.MetricBasis;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthToMetres;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Projection;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.proto.foxglove.CameraCalibration;
import io.liftstream.proto.foxglove.CompressedPointCloud;
import io.liftstream.proto.foxglove.FrameTransform;
import io.liftstream.proto.foxglove.FrameTransforms;
import io.liftstream.proto.foxglove.ModelPrimitive;
import io.liftstream.proto.foxglove.PackedElementField;
import io.liftstream.proto.foxglove.Quaternion;
import io.liftstream.proto.foxglove.RawImage;
import io.liftstream.proto.foxglove.SceneEntity;
import io.liftstream.proto.foxglove.SceneEntityDeletion;
import io.liftstream.proto.foxglove.SceneUpdate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameMessagesTest {
    static final long TIME = 1_700_000_000_123_456_789L;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final RgbImage GREY = new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);

    @ParameterizedTest
    @EnumSource
    void theDepthOfAMeasuredFrameIsWhatTheSensorMeasured(Axes axes) throws Exception {
        short[] millimetres = measured();
        DepthEstimationResult result = lifted(millimetres, axes);

        FoxgloveMessage message = messages(result).depth();

        RawImage depth = RawImage.parseFrom(message.data());
        assertThat(message.topic()).isEqualTo("/gate/depth");
        assertThat(depth.getEncoding()).isEqualTo("16UC1");
        assertThat(depth.getWidth()).isEqualTo(WIDTH);
        assertThat(depth.getHeight()).isEqualTo(HEIGHT);
        assertThat(depth.getStep()).isEqualTo(2 * WIDTH);
        assertThat(depth.getFrameId()).isEqualTo("gate_optical");
        short[] shown = new short[WIDTH * HEIGHT];
        depth.getData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(shown);
        assertThat(shown).isEqualTo(millimetres);
    }

    @Test
    void onlyWhatSixteenBitsHoldAndTheImageShowsIsInTheDepth() throws Exception {
        PointCloud cloud =
                cloud(
                        new float[][] {
                            {0, 0, 65.535f}, // The farthest that fits.
                            {1, 0, 1}, // The next column.
                            {2, 0, 2}, // The same pixel, behind it.
                            {0, 1, 65.536f}, // Too far.
                            {0, 2, 0.0001f}, // 0 would mean no measurement.
                            {-5, 0, 1}, // Left of the image.
                            {0, 1, -1}, // Behind the camera.
                            {Float.NaN, Float.NaN, Float.NaN},
                            {0, 0, Float.POSITIVE_INFINITY}
                        });
        Intrinsics oneMetreApart = new Intrinsics(1, 1, 0, 0);

        byte[] pixels = DepthMillimetres.of(cloud, Projection.of(null, oneMetreApart), 2, 3);

        short[] shown = new short[6];
        ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(shown);
        assertThat(shown).containsExactly((short) 65535, (short) 1000, 0, 0, 0, 0);
    }

    @Test
    void thePointsAreTheCloudsOwnBytes() throws Exception {
        DepthEstimationResult result = lifted(measured(), Axes.OPTICAL);

        FoxgloveMessage message = messages(result).points();

        var points = io.liftstream.proto.foxglove.PointCloud.parseFrom(message.data());
        assertThat(message.topic()).isEqualTo("/gate/points");
        assertThat(points.getData().toByteArray()).isEqualTo(result.pointCloud().data());
        assertThat(points.getPointStride()).isEqualTo(16);
        assertThat(points.getFieldsList())
                .extracting(PackedElementField::getName)
                .containsExactly("x", "y", "z", "red", "green", "blue", "alpha");
        assertThat(points.getPose().getOrientation().getW()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCompressedCloudGoesOnAsItCameAndTurnedAsThePointsAre(Axes axes) throws Exception {
        DepthEstimationResult result = lifted(measured(), axes);
        byte[] draco = {7, 8, 9};

        List<FoxgloveMessage> messages =
                new FrameMessages("gate", TIME, result, CameraSetup.UNKNOWN, draco).ofResult();

        assertThat(messages)
                .extracting(FoxgloveMessage::topic)
                .containsExactly("/tf", "/gate/calibration", "/gate/depth", "/gate/points/draco");
        byte[] data = messages.get(3).data();
        CompressedPointCloud points = CompressedPointCloud.parseFrom(data);
        assertThat(points.getFormat()).isEqualTo("draco");
        assertThat(points.getData().toByteArray()).isEqualTo(draco);
        assertThat(points.getFrameId()).isEqualTo("gate_optical");
        assertThat(points.getPose())
                .isEqualTo(
                        io.liftstream.proto.foxglove.PointCloud.parseFrom(
                                        messages(result).points().data())
                                .getPose());
        assertThat(RecordedMessages.compressedPoints(data).draco()).isEqualTo(draco);
        assertThat(RecordedMessages.compressedPoints(data).axes()).isEqualTo(axes);
    }

    @Test
    void aCompressedCloudOfAnotherCodecIsRefused() {
        byte[] other = CompressedPointCloud.newBuilder().setFormat("zip").build().toByteArray();

        assertThatThrownBy(() -> RecordedMessages.compressedPoints(other))
                .hasMessage("format is zip: it must be draco");
    }

    @Test
    void aCloudWithOpenGlAxesIsTurnedIntoTheOpticalFrame() throws Exception {
        DepthEstimationResult result = lifted(measured(), Axes.OPENGL);

        var points =
                io.liftstream.proto.foxglove.PointCloud.parseFrom(messages(result).points().data());

        PointCloud cloud = result.pointCloud();
        double[] optical =
                turned(
                        points.getPose().getOrientation(),
                        new double[] {cloud.x(0), cloud.y(0), cloud.z(0)});
        PointCloud expected = lifted(measured(), Axes.OPTICAL).pointCloud();
        assertThat(optical).containsExactly(expected.x(0), expected.y(0), expected.z(0));
    }

    @Test
    void aCalibratedCameraIsWhereItStandsAndHasItsLens() throws Exception {
        CameraPose pose = CameraPose.of(1, 2, 3, 0.6, 0, 0, 0.8);
        io.liftstream.lifting.calibration.CameraCalibration fisheye =
                new io.liftstream.lifting.calibration.CameraCalibration(
                        4,
                        3,
                        new Intrinsics(2, 2, 1.5, 1),
                        LensModel.KANNALA_BRANDT,
                        List.of(0.1, 0.0, 0.0, 0.0));
        List<Double> rotation = List.of(0.0, 1.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
        DatedCalibration dated =
                new DatedCalibration(
                        0,
                        0,
                        "",
                        fisheye,
                        pose,
                        new Rectification(rotation, List.of()),
                        KnownPoints.NONE);
        PointCloud cloud = cloud(new float[][] {{1, 0, 1}});

        FrameMessages messages =
                new FrameMessages(
                        "gate",
                        TIME,
                        result(4, 3, cloud, fisheye),
                        CameraSetup.of(dated, null),
                        null);

        FrameTransform transform =
                FrameTransforms.parseFrom(messages.transforms().data()).getTransforms(0);
        assertThat(transform.getTranslation().getZ()).isEqualTo(3);
        assertThat(transform.getRotation().getX()).isEqualTo(0.6);
        CameraCalibration calibration = CameraCalibration.parseFrom(messages.calibration().data());
        assertThat(calibration.getDistortionModel()).isEqualTo("kannala_brandt");
        assertThat(calibration.getDList()).containsExactly(0.1, 0.0, 0.0, 0.0);
        assertThat(calibration.getRList()).isEqualTo(rotation);
        assertThat(calibration.getPList()).startsWith(2.0, 0.0, 1.5, 0.0);
        // 45 degrees off the axis: 0.785 (1 + 0.1 * 0.617) focal lengths, not the pinhole's 1.
        RawImage depth = RawImage.parseFrom(messages.depth().data());
        int seen = (int) Math.round(2 * 0.785 * 1.0617 + 1.5);
        assertThat(depth.getData().byteAt(2 * (4 + seen))).isEqualTo((byte) 1000);
        assertThat(seen).isEqualTo(3);
    }

    /** Viewers turn what is in the file by a quarter about x before they apply the pose. */
    @Test
    void aMeshWithYUpLandsInTheOpticalFrame() throws Exception {
        byte[] glb = {1, 2, 3};
        FoxgloveMessage message = messages(lifted(measured(), Axes.OPTICAL)).mesh(glb);

        SceneUpdate scene = SceneUpdate.parseFrom(message.data());
        assertThat(message.topic()).isEqualTo("/gate/mesh");
        assertThat(scene.getDeletionsCount()).isZero();
        SceneEntity entity = scene.getEntities(0);
        assertThat(entity.getFrameId()).isEqualTo("gate_optical");
        ModelPrimitive model = entity.getModels(0);
        assertThat(model.getData().toByteArray()).isEqualTo(glb);
        assertThat(model.getMediaType()).isEqualTo("model/gltf-binary");
        assertThat(model.getScale().getX()).isEqualTo(1);
        double[] rightUpAhead = {3, 2, -5};
        double[] inViewer = {rightUpAhead[0], -rightUpAhead[2], rightUpAhead[1]};
        assertThat(turned(model.getPose().getOrientation(), inViewer))
                .containsExactly(new double[] {3, -2, 5}, within(1e-9));
    }

    @Test
    void aMeshThatWasLeftOutTakesTheOneBeforeAway() throws Exception {
        FoxgloveMessage message = messages(lifted(measured(), Axes.OPTICAL)).mesh(null);

        SceneUpdate scene = SceneUpdate.parseFrom(message.data());
        assertThat(scene.getEntitiesCount()).isZero();
        assertThat(scene.getDeletions(0).getType()).isEqualTo(SceneEntityDeletion.Type.ALL);
        assertThat(scene.getDeletions(0).getTimestamp()).isEqualTo(Stamps.of(message.timeNanos()));
    }

    @Test
    void theCameraLooksAlongTheWorldsXWithItsTopUp() throws Exception {
        FoxgloveMessage message = messages(lifted(measured(), Axes.OPTICAL)).transforms();

        FrameTransform transform =
                FrameTransforms.parseFrom(message.data()).getTransformsList().get(0);
        assertThat(message.topic()).isEqualTo("/tf");
        assertThat(transform.getParentFrameId()).isEqualTo("world");
        assertThat(transform.getChildFrameId()).isEqualTo("gate_optical");
        Quaternion rotation = transform.getRotation();
        assertThat(turned(rotation, new double[] {0, 0, 1})).containsExactly(1, 0, 0);
        assertThat(turned(rotation, new double[] {0, -1, 0})).containsExactly(0, 0, 1);
        assertThat(turned(rotation, new double[] {-1, 0, 0})).containsExactly(0, 1, 0);
    }

    @Test
    void theCalibrationHasTheIntrinsicsThatWereUsed() throws Exception {
        FoxgloveMessage message = messages(lifted(measured(), Axes.OPTICAL)).calibration();

        CameraCalibration calibration = CameraCalibration.parseFrom(message.data());
        assertThat(calibration.getWidth()).isEqualTo(WIDTH);
        assertThat(calibration.getHeight()).isEqualTo(HEIGHT);
        assertThat(calibration.getDistortionModel()).isEmpty();
        assertThat(calibration.getKList())
                .containsExactly(50.5, 0.0, 31.25, 0.0, 49.5, 23.75, 0.0, 0.0, 1.0);
        assertThat(calibration.getRList())
                .containsExactly(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0);
        assertThat(calibration.getPList())
                .containsExactly(50.5, 0.0, 31.25, 0.0, 0.0, 49.5, 23.75, 0.0, 0.0, 0.0, 1.0, 0.0);
    }

    @Test
    void allMessagesOfAFrameHaveItsCaptureTime() {
        DepthEstimationResult result = lifted(measured(), Axes.OPTICAL);

        assertThat(messages(result).ofResult())
                .extracting(FoxgloveMessage::topic)
                .containsExactly("/tf", "/gate/calibration", "/gate/depth", "/gate/points");
        assertThat(messages(result).ofResult())
                .extracting(FoxgloveMessage::timeNanos)
                .containsOnly(TIME);
        assertThat(messages(result(result.width(), result.height(), null)).ofResult())
                .extracting(FoxgloveMessage::topic)
                .containsExactly("/tf", "/gate/calibration");
    }

    @Test
    void aResultThatStatesAnImpossibleSizeIsRefusedBeforeMemoryIsTaken() {
        PointCloud cloud = cloud(new float[][] {{0, 0, 1}});

        assertThatThrownBy(() -> messages(result(1 << 16, 1 << 15, cloud)))
                .isInstanceOf(LiftingException.class)
                .hasMessage("width x height is 65536 x 32768: may be at most 50000000 pixels");
        assertThatThrownBy(() -> messages(result(-1, 1, cloud)))
                .isInstanceOf(LiftingException.class);
    }

    private static FrameMessages messages(DepthEstimationResult result) {
        return new FrameMessages("gate", TIME, result, CameraSetup.UNKNOWN, null);
    }

    /** Millimetres of 0.3 to 9 m, and every seventh pixel without a measurement. */
    private static short[] measured() {
        Random random = new Random(3);
        short[] millimetres = new short[WIDTH * HEIGHT];
        for (int i = 0; i < millimetres.length; i++) {
            millimetres[i] = (short) (i % 7 == 6 ? 0 : 300 + random.nextInt(8700));
        }
        return millimetres;
    }

    private static DepthEstimationResult lifted(short[] millimetres, Axes axes) {
        return DepthEstimation.withoutModels()
                .run(
                        DepthEstimationCommand.ofImage(ImageEncoder.png(GREY))
                                .suppliedDepth(new SuppliedDepth.Raw(WIDTH, HEIGHT, millimetres))
                                .returnPointCloud(true)
                                .advancedConfig(
                                        DepthEstimationAdvanceConfig.builder()
                                                .fx(50.5)
                                                .fy(49.5)
                                                .cx(31.25)
                                                .cy(23.75)
                                                .axes(axes)
                                                .build())
                                .build());
    }

    static DepthEstimationResult result(int width, int height, PointCloud cloud) {
        return result(width, height, cloud, null);
    }

    static DepthEstimationResult result(
            int width,
            int height,
            PointCloud cloud,
            io.liftstream.lifting.calibration.CameraCalibration lens) {
        return new DepthEstimationResult(
                width,
                height,
                null,
                0,
                1,
                null,
                cloud,
                null,
                "supplied",
                "supplied",
                lens == null ? new Intrinsics(50, 50, 31, 23) : lens.intrinsics(width, height),
                DepthMapping.METRIC,
                Axes.OPTICAL,
                MetricBasis.SENSOR,
                0,
                0,
                null,
                new DepthToMetres(1, 1, 2, 0.5, 10, 10, 1000),
                lens,
                new ImageSize(width, height),
                null);
    }

    static PointCloud cloud(float[][] points) {
        ByteBuffer data =
                ByteBuffer.allocate(points.length * PointCloud.POINT_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] point : points) {
            data.putFloat(point[0]).putFloat(point[1]).putFloat(point[2]).putInt(-1);
        }
        return new PointCloud(data.array(), Axes.OPTICAL);
    }

    /** v + 2 w (q x v) + 2 q x (q x v), q the vector part. */
    private static double[] turned(Quaternion rotation, double[] v) {
        double[] q = {rotation.getX(), rotation.getY(), rotation.getZ()};
        double[] once = cross(q, v);
        double[] twice = cross(q, once);
        Arrays.setAll(once, i -> v[i] + 2 * rotation.getW() * once[i] + 2 * twice[i]);
        return once;
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
    }
}
