package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.cluster.ClusterNode;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.wire.ReadResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JobManager that runs one job, whose jar is in {@code usrlib/}, as {@code standalone-job.sh}
 * starts it, and a TaskManager, each in a JVM of its own.
 */
class ApplicationModeITCase {
    private static final Path JOB_JAR = Path.of(System.getProperty("liftstream.job.jar"));

    @TempDir private Path folder;

    @Test
    void aJobManagerRunsTheJobOfUsrlibAndFramesAreLifted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                FrameTopics topics = FrameTopics.create(broker.bootstrapServers(), "application");
                FlinkCluster cluster = FlinkCluster.launch(folder)) {
            Files.createDirectory(folder.resolve("usrlib"));
            Files.copy(JOB_JAR, folder.resolve("usrlib/liftstream.jar"));
            try {
                startApplication(
                        cluster.processes().jobManagers().get(0),
                        List.of(
                                configuration(broker, topics).toString(),
                                "--flink.execution.checkpointing.interval",
                                "1 s"));
                cluster.awaitReady();
                topics.publish(0, 6);
                assertThat(topics.awaitResults(5, cluster))
                        .extracting(ReadResult::sequence)
                        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            } catch (Exception | Error e) {
                cluster.printLogs();
                throw e;
            }
        }
    }

    private Path configuration(EmbeddedBroker broker, FrameTopics topics) throws IOException {
        return Files.writeString(
                folder.resolve("live.yaml"),
                """
                job.name: application
                kafka.bootstrap-servers: %s
                topics:
                  frames: %s
                  depth: %s
                  rejected: %s
                live.max-age: 0 s
                ordering.flush-after: 1 s
                """
                        .formatted(
                                broker.bootstrapServers(),
                                topics.frames(),
                                topics.depth(),
                                topics.rejected()));
    }

    /** Instead of a JobManager that waits for jobs, one that brings its own. */
    private void startApplication(ClusterNode session, List<String> programArguments)
            throws IOException {
        session.stop();
        List<String> words = new ArrayList<>(session.words());
        int classPath = words.indexOf("-cp") + 1;
        words.set(classPath, words.get(classPath) + File.pathSeparator + entryPointsJar());
        Collections.replaceAll(
                words,
                StandaloneSessionClusterEntrypoint.class.getName(),
                StandaloneApplicationClusterEntryPoint.class.getName());
        words.addAll(programArguments);
        Map<String, String> environment = new HashMap<>(session.environment());
        // Beside it Flink looks for usrlib.
        environment.put("FLINK_LIB_DIR", folder.resolve("lib").toString());
        new ClusterNode(session.process(), environment, words).start();
    }

    private static Path entryPointsJar() {
        return Path.of(
                StandaloneApplicationClusterEntryPoint.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath());
    }
}
