package io.liftstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * The one task manager of a {@code MiniClusterExtension}, killed and replaced as often as a test
 * likes. One for each cluster, since a cluster counts its task managers from its start. Not
 * thread-safe.
 */
public final class MortalTaskManager {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private int running;

    /** Kills the task manager, sees that none is left, and starts another. */
    public void killAndReplace(MiniCluster flink) throws Exception {
        kill(flink);
        flink.startTaskManager();
        running++;
    }

    private void kill(MiniCluster flink) throws Exception {
        assertThat(count(flink)).as("task managers before the kill").isEqualTo(1);
        flink.terminateTaskManager(running).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (count(flink) > 0) {
            assertThat(System.nanoTime()).as("the task manager lives on").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static int count(MiniCluster flink) throws Exception {
        return flink.getResourceOverview()
                .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .getNumberTaskManagers();
    }
}
