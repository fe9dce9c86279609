package io.liftstream.cluster;

import io.liftstream.cli.broker.LocalBroker;
import io.liftstream.cli.cluster.ClusterNode;
import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.testing.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A broker and a highly available Flink of two TaskManagers, all processes of their own, with the
 * settings of an operator who wants fast recovery. What is killed is started again at once. Not
 * thread-safe.
 */
final class Installation implements Broker, AutoCloseable {

    /** Over the reference configuration: how soon a death is noticed and answered. */
    private static final Map<String, String> FAST_RECOVERY =
            Map.of(
                    "heartbeat.interval", "1000",
                    "heartbeat.timeout", "6000",
                    "heartbeat.rpc-failure-threshold", "2",
                    "restart-strategy.exponential-delay.max-backoff", "2 s",
                    "high-availability.zookeeper.client.session-timeout", "6 s",
                    "taskmanager.load-balance.mode", "SLOTS",
                    "taskmanager.memory.process.size", "2g",
                    "taskmanager.memory.task.off-heap.size", "512m");

    private final Path folder;
    private final Random random;
    private final LocalBroker broker;
    private final FlinkCluster cluster;
    private final int port;
    private ClusterNode paused;
    private BlockedCheckpoints blocked;
    private int taskManagerKills;

    private Installation(Path folder, Random random) throws IOException {
        this.folder = folder;
        this.random = random;
        this.broker = new LocalBroker(folder.resolve("broker"));
        this.port = LoopbackPort.free();
        startBroker();
        try {
            cluster = FlinkCluster.launch(folder.resolve("flink"), 2, true, FAST_RECOVERY);
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    /** Starts everything, and waits until it serves. */
    static Installation start(Path folder, Random random) throws Exception {
        Installation installation = new Installation(folder, random);
        try {
            installation.broker.awaitAddress();
            installation.cluster.awaitReady();
            return installation;
        } catch (Exception e) {
            installation.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return LoopbackPort.ADDRESS + ":" + port;
    }

    LocalBroker broker() {
        return broker;
    }

    FlinkCluster cluster() {
        return cluster;
    }

    void startBroker() throws IOException {
        broker.startForThisProcess(port);
    }

    void killATaskManager() throws IOException {
        kill(anyTaskManager());
    }

    void killAllTaskManagers() throws IOException {
        for (ClusterNode taskManager : taskManagers()) {
            kill(taskManager);
        }
    }

    private void kill(ClusterNode taskManager) throws IOException {
        taskManager.process().kill();
        taskManager.start();
        taskManagerKills++;
    }

    int taskManagerKills() {
        return taskManagerKills;
    }

    void pauseATaskManager() throws IOException {
        paused = anyTaskManager();
        paused.process().pause();
    }

    void resumeTheTaskManager() throws IOException {
        paused.process().resume();
    }

    /** One that finds itself given up for dead may end itself; its supervisor starts it again. */
    void startTaskManagersThatEnded() throws IOException {
        for (ClusterNode taskManager : taskManagers()) {
            if (!taskManager.process().isRunning()) {
                taskManager.start();
            }
        }
    }

    private ClusterNode anyTaskManager() {
        return taskManagers().get(random.nextInt(taskManagers().size()));
    }

    private List<ClusterNode> taskManagers() {
        return cluster.processes().taskManagers();
    }

    void killTheLeadingJobManager() throws IOException {
        ClusterNode leader = null;
        String newest = "";
        for (ClusterNode jobManager : cluster.processes().jobManagers()) {
            String granted = lastGrantOfLeadership(jobManager.process().log());
            if (granted.compareTo(newest) > 0) {
                newest = granted;
                leader = jobManager;
            }
        }
        if (leader == null) {
            throw new IllegalStateException("no JobManager leads, by their logs");
        }
        leader.process().kill();
        leader.start();
    }

    /** A line that begins with its time. */
    private static String lastGrantOfLeadership(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("was granted leadership"))
                    .max(Comparator.naturalOrder())
                    .orElse("");
        }
    }

    void blockCheckpoints() throws IOException {
        blocked = BlockedCheckpoints.below(folder.resolve("flink/checkpoints"));
    }

    void unblockCheckpoints() throws IOException {
        blocked.close();
    }

    @Override
    public void close() throws IOException {
        try (broker;
                cluster) {
            // Closed in reverse order: a job ends before its broker does.
        }
    }
}
