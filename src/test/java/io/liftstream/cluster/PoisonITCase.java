package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.cluster.ClusterNode;
import io.liftstream.frame.RejectionReason;
import io.liftstream.network.HostileModel;
import io.liftstream.testing.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A frame of which the TaskManager's process really dies: its network does not come back, so the
 * deadline of the run ends the process. A supervisor starts another each time.
 */
@Tag("chaos")
class PoisonITCase {
    private static final Path JOB_JAR = Path.of(System.getProperty("liftstream.job.jar"));

    /** One that makes the next process careful, and two that tell on the frame. */
    private static final int DEATHS = 3;

    @TempDir private Path folder;
    private int deaths;

    @Test
    void aFrameThatKillsItsProcessIsFoundOutAndTheOthersAreLifted() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models-of-others"));
        Path stuck = HostileModel.stuck(models.resolve("stuck.onnx"));
        List<String> options =
                List.of(
                        // Nothing is shed, however long the deaths take.
                        "--live.max-age",
                        "0 s",
                        "--models.allowed-roots",
                        models.toString(),
                        "--inference.run-timeout",
                        "5 s");
        try (FlinkCluster cluster = FlinkCluster.launch(folder.resolve("cluster"));
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            cluster.awaitReady();
            ClusterNode taskManager = cluster.processes().taskManagers().get(0);
            try (AttackedJob job =
                    new AttackedJob(
                            cluster, broker, JOB_JAR, "poison", options, () -> look(taskManager))) {
                AttackWatch watch =
                        job.attack(
                                (publisher, frames) -> {
                                    byte[] frame = frames.naming(stuck);
                                    publisher.publish(frames.lastCamera(), frame);
                                    return 1;
                                });
                System.out.println("a frame that kills its process: " + watch);
                assertThat(watch.rejected(RejectionReason.POISON)).isPositive();
                assertThat(watch.lifted()).isZero();
                assertThat(watch.rejectedOfSteady(RejectionReason.POISON)).isZero();
                assertThat(deaths).isEqualTo(DEATHS);
            }
        }
    }

    private void look(ClusterNode taskManager) throws IOException {
        if (!taskManager.process().isRunning()) {
            deaths++;
            taskManager.start();
        }
    }
}
