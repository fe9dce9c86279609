package io.liftstream.foxglove;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.liftstream.proto.foxglove.CameraCalibration;
import io.liftstream.proto.foxglove.CompressedImage;
import io.liftstream.proto.foxglove.CompressedPointCloud;
import io.liftstream.proto.foxglove.FrameTransforms;
import io.liftstream.proto.foxglove.Log;
import io.liftstream.proto.foxglove.PointCloud;
import io.liftstream.proto.foxglove.RawImage;
import io.liftstream.proto.foxglove.SceneUpdate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of message that a viewer gets, each with its description in protobuf's own terms. */
public enum FoxgloveSchema {
    /** A picture as its encoder wrote it. */
    COMPRESSED_IMAGE(CompressedImage.getDescriptor()),
    /** A camera's intrinsics. */
    CAMERA_CALIBRATION(CameraCalibration.getDescriptor()),
    /** A picture as rows of pixels. */
    RAW_IMAGE(RawImage.getDescriptor()),
    /** Coloured points. */
    POINT_CLOUD(PointCloud.getDescriptor()),
    /** Coloured points as a codec wrote them. */
    COMPRESSED_POINT_CLOUD(CompressedPointCloud.getDescriptor()),
    /** Where frames of reference lie. */
    FRAME_TRANSFORMS(FrameTransforms.getDescriptor()),
    /** What changes in a 3D scene. */
    SCENE_UPDATE(SceneUpdate.getDescriptor()),
    /** A line for people. */
    LOG(Log.getDescriptor());

    /** How messages and schemas are encoded, as MCAP and Foxglove's WebSocket protocol name it. */
    public static final String ENCODING = "protobuf";

    private final String fullName;

    @SuppressWarnings("ImmutableEnumChecker") // Never handed out without a copy.
    private final byte[] descriptorSet;

    FoxgloveSchema(Descriptor message) {
        fullName = message.getFullName();
        Map<String, FileDescriptor> files = new LinkedHashMap<>();
        addAfterItsImports(message.getFile(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.values().forEach(file -> set.addFile(file.toProto()));
        descriptorSet = set.build().toByteArray();
    }

    private static void addAfterItsImports(FileDescriptor file, Map<String, FileDescriptor> files) {
        file.getDependencies().forEach(imported -> addAfterItsImports(imported, files));
        files.putIfAbsent(file.getName(), file);
    }

    /** {@return the message's name with its package, such as {@code foxglove.PointCloud}} */
    public String fullName() {
        return fullName;
    }

    /**
     * {@return an encoded {@code FileDescriptorSet}: the message's file after all that it imports}
     */
    public byte[] descriptorSet() {
        return descriptorSet.clone();
    }
}
