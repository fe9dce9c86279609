package io.liftstream.cli.cluster;

import io.liftstream.cli.process.LocalProcess;
import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Flink cluster on this machine, on 127.0.0.1 alone: one JobManager, or two and a ZooKeeper, and
 * TaskManagers, each a JVM of its own with the reference configuration. Each can be killed, paused
 * and started again. Configuration, logs, checkpoints and Flink's command line, {@code flink}, are
 * in its folder; {@link ClusterFolder} finds the processes again.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 200;
    private static final int LINES_IN_MESSAGE = 20;

    private final List<ClusterNode> jobManagers = new ArrayList<>();
    private final List<ClusterNode> taskManagers = new ArrayList<>();
    private final List<FlinkRest> rests = new ArrayList<>();
    private final ClusterFolder folder;
    private ClusterNode zooKeeper;

    private LocalCluster(Path folder) {
        this.folder = new ClusterFolder(folder);
    }

    /**
     * Starts all processes; {@link #awaitReady} says when jobs can run.
     *
     * @param folder for everything of the cluster, made where it does not exist
     * @param build with the jars
     * @param plan what to start
     * @throws IllegalStateException where a cluster of this folder runs
     * @throws IOException where a process cannot be started; those that were are stopped
     */
    public static LocalCluster launch(Path folder, Build build, ClusterPlan plan)
            throws IOException {
        Path absolute = folder.toAbsolutePath();
        LocalCluster cluster = new LocalCluster(absolute);
        cluster.define(FlinkSetup.write(absolute, build, plan), plan);
        try {
            for (ClusterNode node : cluster.nodes()) {
                node.start();
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void define(FlinkSetup setup, ClusterPlan plan) throws IOException {
        if (plan.highAvailability()) {
            zooKeeper = node("zookeeper", setup, setup.zooKeeper());
        }
        addJobManager(setup, plan.restPort());
        if (plan.highAvailability()) {
            addJobManager(setup, LoopbackPort.free());
        }
        for (int i = 1; i <= plan.taskManagers(); i++) {
            taskManagers.add(node("taskmanager-" + i, setup, setup.taskManager()));
        }
    }

    private void addJobManager(FlinkSetup setup, int restPort) throws IOException {
        String name = "jobmanager-" + (jobManagers.size() + 1);
        jobManagers.add(node(name, setup, setup.jobManager(restPort)));
        rests.add(new FlinkRest("http://" + LoopbackPort.ADDRESS + ":" + restPort));
    }

    private ClusterNode node(String name, FlinkSetup setup, List<String> words) {
        return new ClusterNode(
                new LocalProcess(folder.path(), name), setup.environment(), List.copyOf(words));
    }

    private List<ClusterNode> nodes() {
        List<ClusterNode> all = new ArrayList<>();
        zooKeeper().ifPresent(all::add);
        all.addAll(jobManagers);
        all.addAll(taskManagers);
        return all;
    }

    /** {@return the JobManagers; with high availability one leads and the other waits} */
    public List<ClusterNode> jobManagers() {
        return List.copyOf(jobManagers);
    }

    /** {@return the TaskManagers} */
    public List<ClusterNode> taskManagers() {
        return List.copyOf(taskManagers);
    }

    /** {@return the ZooKeeper; empty without high availability} */
    public Optional<ClusterNode> zooKeeper() {
        return Optional.ofNullable(zooKeeper);
    }

    /**
     * {@return the REST interface of a JobManager that runs}
     *
     * @throws IllegalStateException where none does
     */
    public FlinkRest rest() {
        for (int i = 0; i < jobManagers.size(); i++) {
            if (jobManagers.get(i).process().isRunning()) {
                return rests.get(i);
            }
        }
        throw new IllegalStateException("no JobManager runs");
    }

    /** {@return Flink's command line for this cluster, as {@code bin/flink}} */
    public Path flink() {
        return folder.path().resolve("flink");
    }

    /**
     * Returns when every TaskManager has offered its slots.
     *
     * @throws IOException where a process ends instead, or time runs out, with the end of its log;
     *     all processes are stopped then
     */
    public void awaitReady() throws IOException {
        try {
            awaitTaskManagers();
        } catch (IOException | RuntimeException e) {
            try (this) {
                throw e;
            }
        }
    }

    private void awaitTaskManagers() throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        FlinkRest rest = rests.get(0);
        while (rest.get("/overview").path("taskmanagers").asInt() < taskManagers.size()) {
            requireRunning();
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the cluster is not ready after "
                                + TIMEOUT.toMinutes()
                                + " min\n"
                                + taskManagers.get(0).process().lastLines(LINES_IN_MESSAGE));
            }
            pause();
        }
    }

    /**
     * Requires that nothing has ended by itself.
     *
     * @throws IOException where a process does not run, with the end of its log
     */
    public void requireRunning() throws IOException {
        for (ClusterNode node : nodes()) {
            if (!node.process().isRunning()) {
                throw new IOException(
                        node.process().name()
                                + " has ended\n"
                                + node.process().lastLines(LINES_IN_MESSAGE));
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the cluster starts", e);
        }
    }

    /** Stops all processes; what they wrote stays. */
    @Override
    public void close() throws IOException {
        folder.stop();
    }
}
