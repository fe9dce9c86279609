package io.liftstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.frame.LiftingException;
import io.liftstream.testing.SharedFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were made to break or to take over whoever reads them. */
class HostileCheckpointTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    // Far above what any of these files needs, far below what their lies ask for.
    private static final long MEMORY_BOUND = 64L << 20;

    /** A file, whether it must be refused, and what the refusal must name. */
    record Hostile(Path file, String expect, List<String> mustName) {}

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("ownFiles")
    void treatsACommittedFileAsItsListSays(Hostile hostile) throws IOException {
        check(hostile);
    }

    @ParameterizedTest
    @MethodSource("sharedFiles")
    void treatsAFileAsItsListSays(Hostile hostile) throws IOException {
        check(hostile);
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        for (Path place : List.of(folder, Path.of(""))) {
            try (Stream<Path> files = Files.list(place)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("a payload ran")
                        .noneMatch(name -> name.startsWith("pwned-marker-file"))
                        .noneMatch(name -> name.endsWith(".part"));
            }
        }
    }

    private void check(Hostile hostile) {
        Path target = folder.resolve("converted.onnx");
        Assertions.assertTimeoutPreemptively(TIMEOUT, () -> convert(hostile, target));
    }

    private static void convert(Hostile hostile, Path target) throws IOException {
        long before = allocatedBytes();
        if (hostile.expect().equals("load")) {
            CheckpointConverter.convert(
                    hostile.file(),
                    "0".repeat(64),
                    ConversionSettings.of(CheckpointKind.V2_RELATIVE),
                    target);
            assertThat(target).exists();
        } else {
            assertThatThrownBy(
                            () ->
                                    CheckpointConverter.convert(
                                            hostile.file(),
                                            "0".repeat(64),
                                            ConversionSettings.of(CheckpointKind.V2_RELATIVE),
                                            target))
                    .isInstanceOf(LiftingException.class)
                    .satisfies(
                            e ->
                                    hostile.mustName()
                                            .forEach(
                                                    name ->
                                                            assertThat(e)
                                                                    .hasMessageContaining(name)));
            assertThat(target).doesNotExist();
        }
        assertThat(allocatedBytes() - before).isLessThan(MEMORY_BOUND);
    }

    // Of this thread, freed or not: what a lie about a size would make the reader ask for.
    private static long allocatedBytes() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    static Stream<Arguments> ownFiles() throws IOException {
        return files(Path.of("src/test/resources/davit/hostile"));
    }

    static Stream<Arguments> sharedFiles() throws IOException {
        return files(SharedFiles.require("golden/davit/hostile"));
    }

    private static Stream<Arguments> files(Path root) throws IOException {
        List<Arguments> cases = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper().readTree(root.resolve("hostile.json").toFile())) {
            String name = entry.get("file").asText();
            Hostile hostile =
                    new Hostile(
                            root.resolve(name),
                            entry.get("expect").asText(),
                            mustName(entry.get("must_name").asText()));
            cases.add(Arguments.of(Named.of(name, hostile)));
        }
        return cases.stream();
    }

    // The list is prose: "a or b", "a / b", "tensor and both shapes".
    private static List<String> mustName(String prose) {
        return switch (prose) {
            case "" -> List.of();
            case "posix.system (or os.system)" -> List.of("posix.system");
            case "builtins.eval / __builtin__.eval" -> List.of("builtin", ".eval");
            case "data/1 (storage of pretrained.norm.weight)" ->
                    List.of("data/1", "pretrained.norm.weight");
            case "pretrained.cls_token / data/0 size" -> List.of("pretrained.cls_token", "data/0");
            case "pretrained.cls_token / dtype" -> List.of("pretrained.cls_token", "dtype");
            case "depth_head.scratch.layer3_rn.weight and both shapes" ->
                    List.of(
                            "depth_head.scratch.layer3_rn.weight",
                            "[8, 16, 9, 1]",
                            "[8, 16, 3, 3]");
            default -> List.of(prose);
        };
    }
}
