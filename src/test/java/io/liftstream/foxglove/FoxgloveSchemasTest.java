package io.liftstream.foxglove;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a viewer is told about our messages: complete, and with Foxglove's numbers and types. */
class FoxgloveSchemasTest {

    /** Of each message: number, name and type of its fields, as Foxglove documents them. */
    private static final Map<String, String> DOCUMENTED =
            Map.ofEntries(
                    Map.entry(
                            "CompressedImage", "1 timestamp T, 4 frame_id s, 2 data b, 3 format s"),
                    Map.entry(
                            "RawImage",
                            "1 timestamp T, 7 frame_id s, 2 width f, 3 height f, 4 encoding s,"
                                    + " 5 step f, 6 data b"),
                    Map.entry(
                            "CameraCalibration",
                            "1 timestamp T, 9 frame_id s, 2 width f, 3 height f,"
                                    + " 4 distortion_model s, 5 D d*, 6 K d*, 7 R d*, 8 P d*"),
                    Map.entry(
                            "PointCloud",
                            "1 timestamp T, 2 frame_id s, 3 pose Pose, 4 point_stride f,"
                                    + " 5 fields PackedElementField*, 6 data b"),
                    Map.entry(
                            "CompressedPointCloud",
                            "1 timestamp T, 2 frame_id s, 3 pose Pose, 4 data b, 5 format s"),
                    Map.entry("PackedElementField", "1 name s, 2 offset f, 3 type NumericType"),
                    Map.entry("Pose", "1 position Vector3, 2 orientation Quaternion"),
                    Map.entry("Vector3", "1 x d, 2 y d, 3 z d"),
                    Map.entry("Quaternion", "1 x d, 2 y d, 3 z d, 4 w d"),
                    Map.entry(
                            "FrameTransform",
                            "1 timestamp T, 2 parent_frame_id s, 3 child_frame_id s,"
                                    + " 4 translation Vector3, 5 rotation Quaternion"),
                    Map.entry("FrameTransforms", "1 transforms FrameTransform*"),
                    Map.entry(
                            "SceneUpdate",
                            "1 deletions SceneEntityDeletion*, 2 entities SceneEntity*"),
                    Map.entry("SceneEntityDeletion", "1 timestamp T, 2 type Type, 3 id s"),
                    Map.entry(
                            "SceneEntity",
                            "1 timestamp T, 2 frame_id s, 3 id s, 4 lifetime D, 5 frame_locked o,"
                                    + " 6 metadata KeyValuePair*, 7 arrows ArrowPrimitive*,"
                                    + " 8 cubes CubePrimitive*, 9 spheres SpherePrimitive*,"
                                    + " 10 cylinders CylinderPrimitive*, 11 lines LinePrimitive*,"
                                    + " 12 triangles TriangleListPrimitive*,"
                                    + " 13 texts TextPrimitive*, 14 models ModelPrimitive*"),
                    Map.entry(
                            "ModelPrimitive",
                            "1 pose Pose, 2 scale Vector3, 3 color Color, 4 override_color o,"
                                    + " 5 url s, 6 media_type s, 7 data b"),
                    Map.entry(
                            "ArrowPrimitive",
                            "1 pose Pose, 2 shaft_length d, 3 shaft_diameter d, 4 head_length d,"
                                    + " 5 head_diameter d, 6 color Color"),
                    Map.entry("CubePrimitive", "1 pose Pose, 2 size Vector3, 3 color Color"),
                    Map.entry("SpherePrimitive", "1 pose Pose, 2 size Vector3, 3 color Color"),
                    Map.entry(
                            "CylinderPrimitive",
                            "1 pose Pose, 2 size Vector3, 3 bottom_scale d, 4 top_scale d,"
                                    + " 5 color Color"),
                    Map.entry(
                            "LinePrimitive",
                            "1 type Type, 2 pose Pose, 3 thickness d, 4 scale_invariant o,"
                                    + " 5 points Point3*, 6 color Color, 7 colors Color*,"
                                    + " 8 indices f*"),
                    Map.entry(
                            "TriangleListPrimitive",
                            "1 pose Pose, 2 points Point3*, 3 color Color, 4 colors Color*,"
                                    + " 5 indices f*"),
                    Map.entry(
                            "TextPrimitive",
                            "1 pose Pose, 2 billboard o, 3 font_size d, 4 scale_invariant o,"
                                    + " 5 color Color, 6 text s"),
                    Map.entry("KeyValuePair", "1 key s, 2 value s"),
                    Map.entry("Color", "1 r d, 2 g d, 3 b d, 4 a d"),
                    Map.entry("Point3", "1 x d, 2 y d, 3 z d"),
                    Map.entry(
                            "Log",
                            "1 timestamp T, 2 level Level, 3 message s, 4 name s, 5 file s,"
                                    + " 6 line f"));

    private static final Map<FieldDescriptor.Type, String> LETTERS =
            Map.of(
                    FieldDescriptor.Type.STRING, "s",
                    FieldDescriptor.Type.BYTES, "b",
                    FieldDescriptor.Type.FIXED32, "f",
                    FieldDescriptor.Type.BOOL, "o",
                    FieldDescriptor.Type.DOUBLE, "d");

    @Test
    void everyFieldHasItsDocumentedNumberNameAndType() throws Exception {
        assertThat(messages())
                .allSatisfy(
                        message ->
                                assertThat(fields(message))
                                        .as(message.getName())
                                        .containsExactlyInAnyOrder(documented(message.getName())));
        assertThat(messages())
                .extracting(Descriptor::getName)
                .hasSameElementsAs(DOCUMENTED.keySet());
    }

    @Test
    void theConstantsHaveTheirDocumentedNumbers() throws Exception {
        Map<String, List<String>> constants = new HashMap<>();
        for (Descriptor message : messages()) {
            for (EnumDescriptor type : message.getEnumTypes()) {
                constants.put(
                        message.getName() + "." + type.getName(),
                        type.getValues().stream()
                                .map(value -> value.getNumber() + " " + value.getName())
                                .toList());
            }
        }
        assertThat(constants)
                .containsOnlyKeys(
                        "PackedElementField.NumericType",
                        "Log.Level",
                        "SceneEntityDeletion.Type",
                        "LinePrimitive.Type")
                .containsEntry("SceneEntityDeletion.Type", List.of("0 MATCHING_ID", "1 ALL"))
                .containsEntry(
                        "LinePrimitive.Type", List.of("0 LINE_STRIP", "1 LINE_LOOP", "2 LINE_LIST"))
                .containsEntry(
                        "PackedElementField.NumericType",
                        List.of(
                                "0 UNKNOWN",
                                "1 UINT8",
                                "2 INT8",
                                "3 UINT16",
                                "4 INT16",
                                "5 UINT32",
                                "6 INT32",
                                "7 FLOAT32",
                                "8 FLOAT64"))
                .containsEntry(
                        "Log.Level",
                        List.of(
                                "0 UNKNOWN",
                                "1 DEBUG",
                                "2 INFO",
                                "3 WARNING",
                                "4 ERROR",
                                "5 FATAL"));
    }

    @Test
    void everyFileOfTheFolderReachesAViewer() throws Exception {
        try (Stream<Path> found = Files.list(Path.of("proto/foxglove"))) {
            assertThat(messages())
                    .extracting(message -> message.getFile().getName())
                    .hasSameElementsAs(
                            found.map(path -> path.getFileName().toString())
                                    .filter(name -> name.endsWith(".proto"))
                                    .map(name -> "foxglove/" + name)
                                    .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDescriptorSetIsReadFileByFileWithoutAnyOther(FoxgloveSchema schema) throws Exception {
        Map<String, FileDescriptor> files = read(schema);

        String name = schema.fullName().substring("foxglove.".length());
        FileDescriptor own = files.get("foxglove/" + name + ".proto");
        assertThat(own.findMessageTypeByName(name).getFullName()).isEqualTo(schema.fullName());
    }

    /** All messages that any schema describes. */
    private static List<Descriptor> messages() throws Exception {
        Map<String, Descriptor> messages = new HashMap<>();
        for (FoxgloveSchema schema : FoxgloveSchema.values()) {
            for (FileDescriptor file : read(schema).values()) {
                if (file.getPackage().equals("foxglove")) {
                    file.getMessageTypes().forEach(type -> messages.put(type.getName(), type));
                }
            }
        }
        return List.copyOf(messages.values());
    }

    /** As a viewer reads it, which has no files of its own: each after those that it imports. */
    private static Map<String, FileDescriptor> read(FoxgloveSchema schema) throws Exception {
        Map<String, FileDescriptor> files = new HashMap<>();
        for (FileDescriptorProto file :
                FileDescriptorSet.parseFrom(schema.descriptorSet()).getFileList()) {
            FileDescriptor[] imports =
                    file.getDependencyList().stream()
                            .map(files::get)
                            .toArray(FileDescriptor[]::new);
            files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
        }
        return files;
    }

    private static String[] documented(String message) {
        return DOCUMENTED.getOrDefault(message, "not documented").split(", *", -1);
    }

    private static List<String> fields(Descriptor message) {
        return message.getFields().stream()
                .map(
                        field ->
                                field.getNumber()
                                        + " "
                                        + field.getName()
                                        + " "
                                        + typeOf(field)
                                        + (field.isRepeated() ? "*" : ""))
                .toList();
    }

    private static String typeOf(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE ->
                    switch (field.getMessageType().getFullName()) {
                        case "google.protobuf.Timestamp" -> "T";
                        case "google.protobuf.Duration" -> "D";
                        default -> field.getMessageType().getName();
                    };
            case ENUM -> field.getEnumType().getName();
            default -> LETTERS.getOrDefault(field.getType(), field.getType().name());
        };
    }
}
