package io.liftstream.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start that fails says, and leaves. */
class ClusterStartITCase {
    private static final Map<String, String> NO_SUCH_OPTION =
            Map.of("env.java.opts.jobmanager", "-XX:Bogus");

    @TempDir private Path folder;

    @AfterEach
    void stop() throws Exception {
        new ClusterFolder(folder).stop();
    }

    @Test
    void noProcessIsLeftWhereTheJobManagerEnds() throws Exception {
        LocalCluster cluster =
                LocalCluster.launch(
                        folder,
                        new Build(Path.of("").toAbsolutePath()),
                        new ClusterPlan(1, false, LoopbackPort.free(), NO_SUCH_OPTION, Map.of()));
        Optional<ProcessHandle> jobManager = cluster.jobManagers().get(0).process().handle();
        if (jobManager.isPresent()) {
            jobManager.get().onExit().get(1, TimeUnit.MINUTES);
        }

        assertThatThrownBy(cluster::awaitReady)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jobmanager-1 has ended")
                .hasMessageContaining("Unrecognized VM option 'Bogus'");
        assertThat(new ClusterFolder(folder).processes()).isEmpty();
    }
}
