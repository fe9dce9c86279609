package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** deploy/bin/liftstream in a clone that is built, with a Java that prints its words. */
class LauncherScriptTest {
    @TempDir private Path folder;
    private Path clone;

    @BeforeEach
    void makeAClone() throws IOException {
        clone = Files.createDirectories(folder.resolve("clone of mine"));
        Path bin = Files.createDirectories(clone.resolve("deploy/bin"));
        Files.copy(Path.of("deploy/bin/liftstream"), bin.resolve("liftstream"));
        makeExecutable(bin.resolve("liftstream"));
        for (String source : List.of("proto", "src/main", "target")) {
            Files.createDirectories(clone.resolve(source));
        }
        Files.createDirectories(clone.resolve("conf"));
        Files.writeString(clone.resolve("conf/models.yaml"), "");
        Path pom = Files.writeString(clone.resolve("pom.xml"), "");
        Files.writeString(clone.resolve("target/launcher.classpath"), pom.toString());
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        makeExecutable(java);
    }

    @Test
    void aLinkToItFindsItsClone() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), launcher());
        Path link = Files.createSymbolicLink(folder.resolve("liftstream"), first);

        assertThat(run(link, "lift", "a photo.jpg"))
                .contains("-Dliftstream.home=" + clone)
                .endsWith("io.liftstream.cli.Launcher", "lift", "a photo.jpg");
    }

    /**
     * Two subtasks may hold 192 MiB each that wait to be sent: 128 of results, 64 of rejections.
     */
    @ParameterizedTest
    @CsvSource({"2g, 640, 800", "4g, 1200, 1600", "16g, 5000, 6000"})
    void theHeapIsAThirdOfTheMachinesMemory(String machine, int least, int most) throws Exception {
        List<String> options =
                run(launcher(), "job").stream().filter(word -> word.startsWith("-XX:")).toList();

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:MaxRAM=" + machine, "-XX:+PrintFlagsFinal", "-version"));
        long heap =
                lines(new ProcessBuilder(command)).stream()
                        .filter(line -> line.contains(" MaxHeapSize "))
                        .map(line -> line.replaceAll(".*= *(\\d+).*", "$1"))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow();

        assertThat(heap >> 20).isBetween((long) least, (long) most);
    }

    @Test
    void theUsersOptionsComeBehindItsOwn() throws Exception {
        List<String> words = run(launcher(), "job");

        assertThat(words.indexOf("-Xmx77m")).isGreaterThan(words.indexOf("-XX:+UseSerialGC"));
    }

    private Path launcher() {
        return clone.resolve("deploy/bin/liftstream");
    }

    private List<String> run(Path launcher, String... words) throws Exception {
        ProcessBuilder process =
                new ProcessBuilder(
                        Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList());
        process.directory(folder.toFile());
        process.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        process.environment().put("LIFTSTREAM_JAVA_OPTS", "-Xmx77m");
        return lines(process);
    }

    private static List<String> lines(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
