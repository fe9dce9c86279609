package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.liftstream.proto.v1.CameraCalibration;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationResult;
import io.liftstream.proto.v1.RejectedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Holds that proto/README.md names every field and constant, with its number, and no others. */
class ProtoReadmeTest {
    private static final Path PROTO = Path.of("proto");

    @Test
    void everyFieldHasALineUnderTheHeadingOfItsMessage() throws IOException {
        Map<String, String> sections = sections();
        SoftAssertions softly = new SoftAssertions();
        for (FileDescriptor file : files().values()) {
            for (Descriptor message : file.getMessageTypes()) {
                String section = sections.getOrDefault(message.getName(), "");
                for (FieldDescriptor field : message.getFields()) {
                    softly.assertThat(section)
                            .as("section %s of proto/README.md", message.getName())
                            .contains("| " + field.getNumber() + " | `" + field.getName() + "` |");
                }
                softly.assertThat(section.lines().filter(line -> line.matches("\\| \\d+ \\|.*")))
                        .as("lines of section %s", message.getName())
                        .hasSize(message.getFields().size());
            }
        }
        softly.assertAll();
    }

    @Test
    void everyConstantHasALineWithItsNumber() throws IOException {
        String readme = Files.readString(PROTO.resolve("README.md"));
        SoftAssertions softly = new SoftAssertions();
        for (FileDescriptor file : files().values()) {
            for (EnumDescriptor type : file.getEnumTypes()) {
                type.getValues().stream()
                        .filter(value -> value.getNumber() != 0)
                        .map(value -> "| `" + value.getName() + "` | " + value.getNumber() + " |")
                        .forEach(line -> softly.assertThat(readme).contains(line));
            }
        }
        softly.assertAll();
    }

    @Test
    void everyFileOfOursIsAmongThoseThatAreChecked() throws IOException {
        try (Stream<Path> found = Files.walk(PROTO.resolve("liftstream"))) {
            assertThat(files().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            found.filter(path -> path.toString().endsWith(".proto"))
                                    .map(path -> PROTO.relativize(path).toString())
                                    .map(path -> path.replace('\\', '/'))
                                    .toList());
        }
    }

    /** Our files, found from the four messages that are on topics. */
    private static Map<String, FileDescriptor> files() {
        Map<String, FileDescriptor> files = new LinkedHashMap<>();
        Deque<FileDescriptor> open = new ArrayDeque<>();
        open.add(CameraFrame.getDescriptor().getFile());
        open.add(DepthEstimationResult.getDescriptor().getFile());
        open.add(RejectedFrame.getDescriptor().getFile());
        open.add(CameraCalibration.getDescriptor().getFile());
        while (!open.isEmpty()) {
            FileDescriptor file = open.remove();
            if (file.getPackage().startsWith("liftstream.")
                    && files.put(file.getName(), file) == null) {
                open.addAll(file.getDependencies());
            }
        }
        return files;
    }

    /** Text below each heading that is the name of a message. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String part : Files.readString(PROTO.resolve("README.md")).split("\n#+ ", -1)) {
            int end = part.indexOf('\n');
            sections.put(part.substring(0, end < 0 ? part.length() : end).trim(), part);
        }
        return sections;
    }
}
