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
                            "Log",
                            "1 timestamp T, 2 level Level, 3 message s, 4 name s, 5 file s,"
                                    + " 6 line f"));

    private static final Map<FieldDescriptor.Type, String> LETTERS =
            Map.of(
                    FieldDescriptor.Type.STRING, "s",
                    FieldDescriptor.Type.BYTES, "b",
                    FieldDescriptor.Type.FIXED32, "f",
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
                        type.getName(),
                        type.getValues().stream()
                                .map(value -> value.getNumber() + " " + value.getName())
                                .toList());
            }
        }
        assertThat(constants)
                .containsOnlyKeys("NumericType", "Level")
                .containsEntry(
                        "NumericType",
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
                        "Level",
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
                    field.getMessageType().getFullName().equals("google.protobuf.Timestamp")
                            ? "T"
                            : field.getMessageType().getName();
            case ENUM -> field.getEnumType().getName();
            default -> LETTERS.getOrDefault(field.getType(), field.getType().name());
        };
    }
}
