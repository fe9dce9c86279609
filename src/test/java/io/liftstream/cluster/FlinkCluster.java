package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.cli.cluster.Build;
import io.liftstream.cli.cluster.ClusterNode;
import io.liftstream.cli.cluster.ClusterPlan;
import io.liftstream.cli.cluster.LocalCluster;
import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cluster that {@code liftstream cluster} starts, and Flink's command line for it. It does not
 * outlive this JVM.
 */
final class FlinkCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 200;
    private static final int LOG_LINES = 200;

    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

    private final Path folder;
    private final LocalCluster cluster;
    private final Thread reaper = new Thread(this::closeAnyway, "end the cluster");
    private int commands;

    private FlinkCluster(Path folder, LocalCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /**
     * Starts the processes; {@link #awaitReady} says when jobs can run.
     *
     * @param folder for configuration, logs and data; empty
     */
    static FlinkCluster launch(Path folder) throws IOException {
        return launch(folder, 1, false, Map.of());
    }

    /**
     * As {@link #launch(Path)}, with TaskManagers, a second JobManager and options of Flink's.
     *
     * @param folder for configuration, logs and data; empty
     */
    static FlinkCluster launch(
            Path folder, int taskManagers, boolean highAvailability, Map<String, String> options)
            throws IOException {
        ClusterPlan plan =
                new ClusterPlan(
                        taskManagers,
                        highAvailability,
                        LoopbackPort.free(),
                        options,
                        Map.of(
                                "LIFTSTREAM_MODEL_CACHE",
                                folder.resolve("models").toString(),
                                // The build sets it for its own JVMs; an operator may not know it.
                                "ORT_DISABLE_TELEMETRY",
                                ""));
        return new FlinkCluster(
                folder, LocalCluster.launch(folder, new Build(Path.of("").toAbsolutePath()), plan));
    }

    /**
     * Returns when the TaskManagers have offered their slots; prints the logs where they do not.
     */
    void awaitReady() throws Exception {
        try {
            cluster.awaitReady();
        } catch (IOException e) {
            printLogs();
            throw e;
        }
    }

    /** The processes, to be killed and started again. */
    LocalCluster processes() {
        return cluster;
    }

    /** {@code flink run -d}: the job's id. */
    String submit(Path jobJar, List<String> runOptions, List<String> programArguments)
            throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "-d"));
        words.addAll(runOptions);
        words.add(jobJar.toString());
        words.addAll(programArguments);
        String output = flink(words);
        assertThat(output).doesNotContain("\tat ");
        return firstGroup(JOB_ID, output);
    }

    /** {@code flink cancel}; returns when the slots are free again. */
    void cancel(String job) throws Exception {
        flink(List.of("cancel", job));
        awaitStatus(job, "CANCELED");
        awaitFreeSlots();
    }

    /** {@code flink stop}; returns the savepoint when the slots are free again. */
    String stop(String job) throws Exception {
        String savepoint = firstGroup(SAVEPOINT, flink(List.of("stop", job)));
        awaitStatus(job, "FINISHED");
        awaitFreeSlots();
        return savepoint;
    }

    /** Runs Flink's command line; what it printed. */
    String flink(List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(cluster.flink().toString()));
        command.addAll(words);
        Path log = folder.resolve("flink-" + commands++ + ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        String output = Files.readString(log);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(
                    words + (ended ? " failed:\n" : " did not end:\n") + output);
        }
        return output;
    }

    private static String firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in what flink printed:\n" + text);
        }
        return matcher.group(1);
    }

    /** Waits until no job holds a slot. */
    void awaitFreeSlots() throws Exception {
        await(
                "free slots",
                "/overview",
                overview ->
                        overview.path("slots-total").asInt() > 0
                                && overview.path("slots-total")
                                        .equals(overview.path("slots-available")));
    }

    /** Waits until a job is in a state. */
    void awaitStatus(String job, String status) throws Exception {
        await(
                "job " + job + " " + status,
                "/jobs/" + job + "/status",
                answer -> answer.path("status").asText().equals(status));
    }

    /** What the JobManager answers as soon as it does: on a busy machine it may be late. */
    JsonNode answer(String path, String field) throws Exception {
        return await(field + " of " + path, path, answer -> answer.has(field));
    }

    private JsonNode await(String what, String path, Predicate<JsonNode> enough) throws Exception {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        JsonNode last = null;
        while (System.nanoTime() < end) {
            requireAlive();
            last = cluster.rest().get(path);
            if (enough.test(last)) {
                return last;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException(
                "waited " + TIMEOUT.toMinutes() + " min for " + what + ", last seen: " + last);
    }

    /** Throws, with its output, where a process has ended by itself. */
    void requireAlive() throws IOException {
        cluster.requireRunning();
    }

    /** How many bytes the command line of a TaskManager has. */
    int taskManagerCommandLineBytes() {
        return cluster.taskManagers().get(0).words().stream()
                .mapToInt(word -> word.length() + 1)
                .sum();
    }

    /** How often a JVM of this cluster has unpacked ONNX Runtime's native libraries. */
    long unpackedRuntimes() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("onnxruntime-"))
                    .count();
        }
    }

    /** Prints the ends of the logs to standard error. */
    void printLogs() throws IOException {
        List<ClusterNode> nodes = new ArrayList<>(cluster.jobManagers());
        nodes.addAll(cluster.taskManagers());
        for (ClusterNode node : nodes) {
            System.err.println(node.process().lastLines(LOG_LINES));
        }
    }

    private void closeAnyway() {
        try {
            cluster.close();
        } catch (IOException e) {
            System.err.println("the cluster in " + folder + " goes on: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }
}
