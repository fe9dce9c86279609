package io.liftstream.wire;

import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraFrame;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.proto.v1.CompressedPointCloud;
import io.liftstream.proto.v1.PackedElementField;
import io.liftstream.proto.v1.PackedElementField.NumericType;
import io.liftstream.proto.v1.PointCloud;
import io.liftstream.proto.v1.Pose;
import io.liftstream.proto.v1.Quaternion;
import io.liftstream.proto.v1.Vector3;
import java.util.List;

/** Point clouds as Foxglove's packed and compressed messages. */
final class PackedClouds {

    /** The format of compressed clouds. */
    static final String DRACO = "draco";

    private static final String WORLD = "world";

    private static final Pose IDENTITY =
            Pose.newBuilder()
                    .setPosition(Vector3.getDefaultInstance())
                    .setOrientation(Quaternion.newBuilder().setW(1))
                    .build();

    private static final List<PackedElementField> FIELDS =
            List.of(
                    field("x", 0, NumericType.FLOAT32),
                    field("y", 4, NumericType.FLOAT32),
                    field("z", 8, NumericType.FLOAT32),
                    field("red", 12, NumericType.UINT8),
                    field("green", 13, NumericType.UINT8),
                    field("blue", 14, NumericType.UINT8),
                    field("alpha", 15, NumericType.UINT8));

    private PackedClouds() {}

    /**
     * The cloud of a frame but for {@code data}, its points.
     *
     * @param pose of the camera in the world, or null where it is not known
     * @param axes of the points
     */
    static PointCloud withoutPoints(CameraFrame frame, CameraPose pose, Axes axes) {
        return PointCloud.newBuilder()
                .setTimestamp(TimestampCodec.toMessage(frame.captureTimeNanos()))
                .setFrameId(pose == null ? frame.cameraId() : WORLD)
                .setPose(pose == null ? IDENTITY : ofPoints(pose, axes))
                .setPointStride(io.liftstream.lifting.PointCloud.POINT_BYTES)
                .addAllFields(FIELDS)
                .build();
    }

    /** The same of a compressed cloud, but for what follows {@code data}. */
    static CompressedPointCloud compressedWithoutPoints(
            CameraFrame frame, CameraPose pose, Axes axes) {
        PointCloud packed = withoutPoints(frame, pose, axes);
        return CompressedPointCloud.newBuilder()
                .setTimestamp(packed.getTimestamp())
                .setFrameId(packed.getFrameId())
                .setPose(packed.getPose())
                .build();
    }

    private static Pose ofPoints(CameraPose pose, Axes axes) {
        return PoseCodec.toMessage(axes == Axes.OPENGL ? pose.ofOpenGl() : pose);
    }

    private static PackedElementField field(String name, int offset, NumericType type) {
        return PackedElementField.newBuilder()
                .setName(name)
                .setOffset(offset)
                .setType(type)
                .build();
    }
}
