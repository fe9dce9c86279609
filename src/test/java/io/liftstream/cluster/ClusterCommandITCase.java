package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.cluster.ClusterFolder;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.cli.process.LocalProcess;
import io.liftstream.cli.process.LoopbackPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster as users start, ask and stop it. */
class ClusterCommandITCase {
    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @AfterEach
    void stop() throws Exception {
        new ClusterFolder(folder).stop();
    }

    @Test
    void theSecondJobManagerTakesOverAndStatusNamesTheDeadOne() throws Exception {
        String port = Integer.toString(LoopbackPort.free());
        assertThat(
                        cluster(
                                "start",
                                "--ha",
                                "--port",
                                port,
                                "-D",
                                "high-availability.zookeeper.client.session-timeout=6000"))
                .as(command.complaints())
                .isZero();
        assertThat(command.output())
                .contains("Flink's web UI is at http://127.0.0.1:" + port)
                .contains(folder.resolve("flink") + " run -d ");
        assertThat(cluster("start", "--port", port)).isEqualTo(2);
        assertThat(command.complaints()).contains("runs already");
        assertThat(cluster("status")).as(command.output()).isZero();
        assertThat(command.output())
                .contains("jobmanager-2    process ")
                .contains("zookeeper       process ")
                .contains("http://127.0.0.1:" + port + ": 2 of 2 slots are free.");

        new LocalProcess(folder, "jobmanager-1").kill();
        awaitOtherLeader();
        assertThat(cluster("status")).isEqualTo(1);
        assertThat(command.output()).contains("jobmanager-1    dead, see " + folder);

        assertThat(cluster("stop")).isZero();
        assertThat(command.output()).contains("3 processes are stopped");
        assertThat(cluster("stop")).isEqualTo(1);
        assertThat(new ClusterFolder(folder).processes()).isEmpty();
    }

    @Test
    void whatCannotBeStartedIsSaidAtOnce() {
        assertThat(cluster("start", "--task-managers", "0", "--port", "70000")).isEqualTo(2);
        assertThat(command.complaints())
                .contains("option --task-managers is 0: it must be at least 1")
                .contains("option --port is 70000");
        assertThat(cluster("status")).isEqualTo(1);
        assertThat(command.output()).contains("No cluster of " + folder + " runs.");
    }

    /** Flink's command line asks ZooKeeper who leads. */
    private void awaitOtherLeader() throws Exception {
        Process list = new ProcessBuilder(folder.resolve("flink").toString(), "list").start();
        String answer = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(list.waitFor()).as(answer).isZero();
        assertThat(answer).contains("No running jobs");
    }

    private int cluster(String... words) {
        List<String> all = new ArrayList<>(List.of("cluster", words[0]));
        all.addAll(List.of("--data", folder.toString()));
        all.addAll(List.of(words).subList(1, words.length));
        return command.run(all.toArray(String[]::new));
    }
}
