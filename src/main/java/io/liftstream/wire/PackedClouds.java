package io.liftstream.wire;

import io.liftstream.frame.CameraFrame;
import io.liftstream.proto.v1.PackedElementField;
import io.liftstream.proto.v1.PackedElementField.NumericType;
import io.liftstream.proto.v1.PointCloud;
import io.liftstream.proto.v1.Pose;
import io.liftstream.proto.v1.Quaternion;
import io.liftstream.proto.v1.Vector3;
import java.util.List;

/** Point clouds as Foxglove's packed message. */
final class PackedClouds {

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

    /** The cloud of a frame but for {@code data}, its points. */
    static PointCloud withoutPoints(CameraFrame frame) {
        return PointCloud.newBuilder()
                .setTimestamp(TimestampCodec.toMessage(frame.captureTimeNanos()))
                .setFrameId(frame.cameraId())
                .setPose(IDENTITY)
                .setPointStride(io.liftstream.lifting.PointCloud.POINT_BYTES)
                .addAllFields(FIELDS)
                .build();
    }

    private static PackedElementField field(String name, int offset, NumericType type) {
        return PackedElementField.newBuilder()
                .setName(name)
                .setOffset(offset)
                .setType(type)
                .build();
    }
}
