package io.liftstream.foxglove;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.liftstream.frame.Axes;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.ImageFormat;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.calibration.Projection;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.proto.foxglove.CameraCalibration;
import io.liftstream.proto.foxglove.CompressedImage;
import io.liftstream.proto.foxglove.CompressedPointCloud;
import io.liftstream.proto.foxglove.FrameTransform;
import io.liftstream.proto.foxglove.FrameTransforms;
import io.liftstream.proto.foxglove.ModelPrimitive;
import io.liftstream.proto.foxglove.PackedElementField;
import io.liftstream.proto.foxglove.PackedElementField.NumericType;
import io.liftstream.proto.foxglove.PointCloud;
import io.liftstream.proto.foxglove.Pose;
import io.liftstream.proto.foxglove.Quaternion;
import io.liftstream.proto.foxglove.RawImage;
import io.liftstream.proto.foxglove.SceneEntity;
import io.liftstream.proto.foxglove.SceneEntityDeletion;
import io.liftstream.proto.foxglove.SceneUpdate;
import io.liftstream.proto.foxglove.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What became of one frame, as messages for a viewer: all with the capture time, and in the frame
 * of reference {@code <camera>_optical} (x right, y down, z forward). {@code
 * proto/foxglove/README.md} lists the topics.
 */
public final class FrameMessages {

    /** The root of all frames of reference: x forward, y left, z up. */
    public static final String WORLD = "world";

    /** The topic of {@link #transforms}. */
    public static final String TRANSFORMS_TOPIC = "/tf";

    /** What stands behind a camera's name in the topic of {@link #compressedPoints}. */
    public static final String COMPRESSED_POINTS = "points/draco";

    private static final ImageDecoder IMAGES = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    private static final Quaternion UNTURNED = Quaternion.newBuilder().setW(1).build();

    /** Half a turn about x: OpenGL's y and z point the other way. */
    private static final Quaternion OPENGL_IN_OPTICAL = Quaternion.newBuilder().setX(1).build();

    /**
     * Viewers turn glTF's y up to z up, a quarter turn about x; a second one takes its y, up, to
     * optical -y, and its z, backward, to optical -z.
     */
    private static final Quaternion TURNED_GLTF_IN_OPTICAL =
            Quaternion.newBuilder().setX(Math.sqrt(0.5)).setW(Math.sqrt(0.5)).build();

    /** Optical z along the world's x, optical x along -y, optical y along -z. */
    private static final CameraPose AT_ORIGIN = new CameraPose(0, 0, 0, -0.5, 0.5, -0.5, 0.5);

    private static final List<Double> UNROTATED =
            List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0);

    private static final List<PackedElementField> POINT_FIELDS =
            List.of(
                    field("x", 0, NumericType.FLOAT32),
                    field("y", 4, NumericType.FLOAT32),
                    field("z", 8, NumericType.FLOAT32),
                    field("red", 12, NumericType.UINT8),
                    field("green", 13, NumericType.UINT8),
                    field("blue", 14, NumericType.UINT8),
                    field("alpha", 15, NumericType.UINT8));

    private final String cameraId;
    private final long captureTimeNanos;
    private final DepthEstimationResult result;
    private final CameraSetup setup;
    private final byte[] draco;

    /**
     * The messages of a frame are made when they are asked for.
     *
     * @param cameraId the frame's camera
     * @param captureTimeNanos nanoseconds since 1970
     * @param result what the frame became
     * @param setup how its camera was set up
     * @param draco the result's cloud as a Draco file; null where it came uncompressed
     * @throws LiftingException INVALID_COMMAND where the result's image is larger than an image may
     *     be
     */
    public FrameMessages(
            String cameraId,
            long captureTimeNanos,
            DepthEstimationResult result,
            CameraSetup setup,
            byte[] draco) {
        this.cameraId = cameraId;
        this.captureTimeNanos = captureTimeNanos;
        this.result = result;
        this.setup = setup;
        this.draco = draco;
        long pixels = (long) result.width() * result.height();
        if (result.width() < 0 || result.height() < 0 || pixels > ImageDecoder.DEFAULT_MAX_PIXELS) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "width x height",
                    result.width() + " x " + result.height(),
                    "may be at most " + ImageDecoder.DEFAULT_MAX_PIXELS + " pixels");
        }
    }

    /** {@return all that the result alone holds: without the picture} */
    public List<FoxgloveMessage> ofResult() {
        List<FoxgloveMessage> messages = new ArrayList<>(List.of(transforms(), calibration()));
        if (result.pointCloud() != null || result.distances() != null) {
            messages.add(depth());
        }
        if (result.pointCloud() != null) {
            messages.add(draco == null ? points() : compressedPoints());
        }
        return messages;
    }

    /**
     * {@return the picture on {@code /<camera>/image}; viewers show JPEG, PNG and WebP, others
     * become PNG}
     *
     * @param picture the image file that the frame brought
     * @throws LiftingException UNREADABLE_IMAGE or IMAGE_TOO_LARGE where it is no image
     */
    public FoxgloveMessage image(byte[] picture) {
        ImageFormat format = IMAGES.format(picture);
        byte[] shown = picture;
        if (format != ImageFormat.JPEG && format != ImageFormat.PNG && format != ImageFormat.WEBP) {
            shown = ImageEncoder.png(IMAGES.decode(picture));
            format = ImageFormat.PNG;
        }
        return message(
                "image",
                FoxgloveSchema.COMPRESSED_IMAGE,
                CompressedImage.newBuilder()
                        .setTimestamp(stamp())
                        .setFrameId(opticalFrame())
                        .setData(UnsafeByteOperations.unsafeWrap(shown))
                        .setFormat(format.name().toLowerCase(Locale.ROOT))
                        .build());
    }

    /**
     * {@return the intrinsics and the lens that were used, on {@code /<camera>/calibration}; R and
     * P are those of the camera's calibration, where the frame was lifted by it, or else of a
     * picture that needs no rectification}
     */
    public FoxgloveMessage calibration() {
        CameraCalibration.Builder message =
                CameraCalibration.newBuilder()
                        .setTimestamp(stamp())
                        .setFrameId(opticalFrame())
                        .setWidth(result.width())
                        .setHeight(result.height())
                        .addAllK(rows(result.intrinsics(), List.of()))
                        .addAllR(stated(Rectification::rotation, UNROTATED))
                        .addAllP(
                                stated(
                                        Rectification::projection,
                                        rows(result.intrinsics(), List.of(0.0))));
        if (result.calibration() != null) {
            message.setDistortionModel(result.calibration().model().wireName())
                    .addAllD(result.calibration().parameters());
        }
        return message("calibration", FoxgloveSchema.CAMERA_CALIBRATION, message.build());
    }

    private List<Double> stated(
            Function<Rectification, List<Double>> matrix, List<Double> otherwise) {
        // With intrinsics of its own, a frame was not lifted by the calibration.
        if (setup.calibration() == null || result.calibration() == null) {
            return otherwise;
        }
        List<Double> stated = matrix.apply(setup.calibration().rectification());
        return stated.isEmpty() ? otherwise : stated;
    }

    private static List<Double> rows(Intrinsics camera, List<Double> ofEachRow) {
        List<Double> matrix = new ArrayList<>();
        for (List<Double> row :
                List.of(
                        List.of(camera.fx(), 0.0, camera.cx()),
                        List.of(0.0, camera.fy(), camera.cy()),
                        List.of(0.0, 0.0, 1.0))) {
            matrix.addAll(row);
            matrix.addAll(ofEachRow);
        }
        return matrix;
    }

    /**
     * {@return the distances, or else the cloud seen from the camera, on {@code /<camera>/depth}:
     * uint16 millimetres along the optical axis, 0 where there is none and beyond 65.535 m}
     *
     * @throws NullPointerException where the result has neither
     */
    public FoxgloveMessage depth() {
        int width = result.width();
        int height = result.height();
        byte[] pixels =
                result.distances() != null
                        ? DepthMillimetres.of(result.distances())
                        : DepthMillimetres.of(result.pointCloud(), projection(), width, height);
        return message(
                "depth",
                FoxgloveSchema.RAW_IMAGE,
                RawImage.newBuilder()
                        .setTimestamp(stamp())
                        .setFrameId(opticalFrame())
                        .setWidth(width)
                        .setHeight(height)
                        .setEncoding("16UC1")
                        .setStep(DepthMillimetres.PIXEL_BYTES * width)
                        .setData(UnsafeByteOperations.unsafeWrap(pixels))
                        .build());
    }

    private Projection projection() {
        return Projection.of(result.calibration(), result.intrinsics());
    }

    /**
     * {@return the cloud on {@code /<camera>/points}}
     *
     * @throws NullPointerException where the result has none
     */
    public FoxgloveMessage points() {
        io.liftstream.lifting.PointCloud cloud = result.pointCloud();
        return message(
                "points",
                FoxgloveSchema.POINT_CLOUD,
                PointCloud.newBuilder()
                        .setTimestamp(stamp())
                        .setFrameId(opticalFrame())
                        .setPose(poseOfPoints())
                        .setPointStride(io.liftstream.lifting.PointCloud.POINT_BYTES)
                        .addAllFields(POINT_FIELDS)
                        .setData(UnsafeByteOperations.unsafeWrap(cloud.data()))
                        .build());
    }

    /**
     * {@return the cloud on {@code /<camera>/points/draco}, its bytes as they came}
     *
     * @throws NullPointerException where it came uncompressed
     */
    public FoxgloveMessage compressedPoints() {
        return message(
                COMPRESSED_POINTS,
                FoxgloveSchema.COMPRESSED_POINT_CLOUD,
                CompressedPointCloud.newBuilder()
                        .setTimestamp(stamp())
                        .setFrameId(opticalFrame())
                        .setPose(poseOfPoints())
                        .setData(UnsafeByteOperations.unsafeWrap(draco))
                        .setFormat("draco")
                        .build());
    }

    private Pose poseOfPoints() {
        return Pose.newBuilder()
                .setPosition(Vector3.getDefaultInstance())
                .setOrientation(
                        result.pointCloud().axes() == Axes.OPENGL ? OPENGL_IN_OPTICAL : UNTURNED)
                .build();
    }

    /**
     * {@return the mesh, on {@code /<camera>/mesh}; it takes the place of the frame's before}
     *
     * @param glb a binary glTF file as results carry it: metres, y up; null where the mesh was too
     *     large for the result, which takes the one before away
     */
    public FoxgloveMessage mesh(byte[] glb) {
        SceneUpdate.Builder scene = SceneUpdate.newBuilder();
        if (glb == null) {
            scene.addDeletions(
                    SceneEntityDeletion.newBuilder()
                            .setTimestamp(stamp())
                            .setType(SceneEntityDeletion.Type.ALL));
        } else {
            scene.addEntities(entity(glb));
        }
        return message("mesh", FoxgloveSchema.SCENE_UPDATE, scene.build());
    }

    private SceneEntity.Builder entity(byte[] glb) {
        return SceneEntity.newBuilder()
                .setTimestamp(stamp())
                .setFrameId(opticalFrame())
                .setId(cameraId)
                .addModels(
                        ModelPrimitive.newBuilder()
                                .setPose(
                                        Pose.newBuilder()
                                                .setPosition(Vector3.getDefaultInstance())
                                                .setOrientation(TURNED_GLTF_IN_OPTICAL))
                                .setScale(Vector3.newBuilder().setX(1).setY(1).setZ(1))
                                .setMediaType("model/gltf-binary")
                                .setData(UnsafeByteOperations.unsafeWrap(glb)));
    }

    /**
     * {@return where the camera is, on {@code /tf}; one whose pose is not known is at the world's
     * origin, and looks along its x}
     */
    public FoxgloveMessage transforms() {
        CameraPose pose = setup.pose() == null ? AT_ORIGIN : setup.pose();
        FrameTransform camera =
                FrameTransform.newBuilder()
                        .setTimestamp(stamp())
                        .setParentFrameId(WORLD)
                        .setChildFrameId(opticalFrame())
                        .setTranslation(
                                Vector3.newBuilder().setX(pose.x()).setY(pose.y()).setZ(pose.z()))
                        .setRotation(
                                Quaternion.newBuilder()
                                        .setX(pose.qx())
                                        .setY(pose.qy())
                                        .setZ(pose.qz())
                                        .setW(pose.qw()))
                        .build();
        return new FoxgloveMessage(
                TRANSFORMS_TOPIC,
                FoxgloveSchema.FRAME_TRANSFORMS,
                captureTimeNanos,
                FrameTransforms.newBuilder().addTransforms(camera).build().toByteArray());
    }

    private FoxgloveMessage message(String name, FoxgloveSchema schema, Message message) {
        String topic = "/" + cameraId + "/" + name;
        return new FoxgloveMessage(topic, schema, captureTimeNanos, message.toByteArray());
    }

    private Timestamp stamp() {
        return Stamps.of(captureTimeNanos);
    }

    private String opticalFrame() {
        return cameraId + "_optical";
    }

    private static PackedElementField field(String name, int offset, NumericType type) {
        return PackedElementField.newBuilder()
                .setName(name)
                .setOffset(offset)
                .setType(type)
                .build();
    }
}
