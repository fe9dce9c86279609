package io.liftstream.cli.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of a Flink installation's {@code lib/}: what Flink's own distribution holds, by name and
 * nothing more, so that a class missing from the job jar is missing on this cluster too; and {@code
 * target/flink-lib}. Flink's jars are those on this process's class path: the distribution is no
 * Maven artifact.
 */
final class FlinkClassPath {

    private static final List<String> ARTIFACTS =
            List.of(
                    "async-profiler",
                    "commons-cli",
                    "commons-collections",
                    "commons-compress",
                    "commons-io",
                    "commons-lang3",
                    "commons-math3",
                    "commons-text",
                    "flink-annotations",
                    "flink-clients",
                    "flink-connector-datagen",
                    "flink-core",
                    "flink-core-api",
                    "flink-datastream",
                    "flink-datastream-api",
                    "flink-file-sink-common",
                    "flink-hadoop-fs",
                    "flink-metrics-core",
                    "flink-queryable-state-client-java",
                    "flink-rpc-akka-loader",
                    "flink-rpc-core",
                    "flink-runtime",
                    "flink-runtime-web",
                    "flink-shaded-asm-9",
                    "flink-shaded-guava",
                    "flink-shaded-jackson",
                    "flink-shaded-netty",
                    "flink-shaded-zookeeper-3",
                    "flink-statebackend-rocksdb",
                    "flink-streaming-java",
                    "frocksdbjni",
                    "javassist",
                    "jsr305",
                    "kryo",
                    "log4j-api",
                    "log4j-core",
                    "log4j-slf4j-impl",
                    "minlog",
                    "objenesis",
                    "reflectasm",
                    "slf4j-api",
                    "snakeyaml-engine");

    private FlinkClassPath() {}

    /** The class path of JobManager, TaskManager and client. */
    static String of(Path nativeLibraries) {
        List<Path> own =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
        List<Path> jars = new ArrayList<>();
        ARTIFACTS.forEach(artifact -> jars.add(jarOf(artifact, own)));
        jars.addAll(jarsIn(nativeLibraries));
        return jars.stream()
                .map(jar -> jar.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jarOf(String artifact, List<Path> classPath) {
        Pattern name = Pattern.compile(Pattern.quote(artifact) + "-\\d.*(?<!-tests)\\.jar");
        List<Path> found =
                classPath.stream()
                        .filter(path -> name.matcher(path.getFileName().toString()).matches())
                        .distinct()
                        .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "the class path must hold one jar of " + artifact + ", it holds " + found);
        }
        return found.get(0);
    }

    private static List<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            if (jars.isEmpty()) {
                throw new IllegalStateException(folder + " has no jars: run mvn package first");
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
