package io.liftstream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JobManager and a TaskManager in JVMs of their own, and Flink's command line. */
final class FlinkCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 200;
    private static final int LOG_LINES = 200;

    /** Of the reference configuration. */
    private static final int SLOTS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

    private final Path folder;
    private final FlinkSetup setup;
    private final String classPath;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JvmProcess> commands = new ArrayList<>();
    private final JvmProcess jobManager;
    private final JvmProcess taskManager;

    private FlinkCluster(Path folder, Path nativeLibraries) throws IOException {
        this.folder = folder;
        this.setup = FlinkSetup.in(folder);
        this.classPath = FlinkClassPath.of(nativeLibraries);
        this.jobManager = start("jobmanager", setup.jobManager(classPath));
        try {
            this.taskManager = start("taskmanager", setup.taskManager(classPath));
        } catch (IOException | RuntimeException e) {
            jobManager.close();
            throw e;
        }
    }

    /**
     * Starts both processes; {@link #awaitReady} says when jobs can run.
     *
     * @param folder for configuration, logs and data; empty
     * @param nativeLibraries {@code target/flink-lib}
     */
    static FlinkCluster launch(Path folder, Path nativeLibraries) throws IOException {
        return new FlinkCluster(folder, nativeLibraries);
    }

    /** Returns when the TaskManager has offered its slots; prints the logs where it does not. */
    void awaitReady() throws Exception {
        try {
            awaitFreeSlots(SLOTS);
        } catch (Exception e) {
            printLogs();
            throw e;
        }
    }

    private JvmProcess start(String name, List<String> words) throws IOException {
        return JvmProcess.start(name, folder, setup.environment(), words);
    }

    /** {@code flink run -d}: the job's id. */
    String submit(Path jobJar, List<String> runOptions, List<String> programArguments)
            throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "-d"));
        words.addAll(runOptions);
        words.add(jobJar.toString());
        words.addAll(programArguments);
        return firstGroup(JOB_ID, command(words));
    }

    /** {@code flink cancel}; returns when the slots are free again. */
    void cancel(String job) throws Exception {
        command(List.of("cancel", job));
        awaitStatus(job, "CANCELED");
        awaitFreeSlots(SLOTS);
    }

    /** {@code flink stop}; returns the savepoint when the slots are free again. */
    String stop(String job) throws Exception {
        String savepoint = firstGroup(SAVEPOINT, command(List.of("stop", job)));
        awaitStatus(job, "FINISHED");
        awaitFreeSlots(SLOTS);
        return savepoint;
    }

    private String command(List<String> words) throws Exception {
        List<String> all = new ArrayList<>(setup.client(classPath));
        all.addAll(words);
        try (JvmProcess command = start("flink-" + commands.size(), all)) {
            commands.add(command);
            return command.awaitSuccess(TIMEOUT);
        }
    }

    private static String firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in what flink printed:\n" + text);
        }
        return matcher.group(1);
    }

    private void awaitFreeSlots(int count) throws Exception {
        await(count + " free slots", "/overview", "slots-available", Integer.toString(count));
    }

    private void awaitStatus(String job, String status) throws Exception {
        await("job " + job + " " + status, "/jobs/" + job + "/status", "status", status);
    }

    private void await(String what, String path, String field, String value) throws Exception {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        String last = "no answer";
        while (System.nanoTime() < end) {
            requireAlive();
            last = get(path).path(field).asText();
            if (last.equals(value)) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException(
                "waited " + TIMEOUT + " for " + what + ", last seen: " + last);
    }

    /** An answer of the REST interface; an empty one while it does not answer. */
    private JsonNode get(String path) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(setup.restAddress() + path))
                        .timeout(Duration.ofSeconds(10))
                        .build();
        try {
            return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException notYet) {
            return JSON.createObjectNode();
        }
    }

    /** Throws, with its output, where JobManager or TaskManager has ended. */
    void requireAlive() throws IOException {
        jobManager.requireAlive();
        taskManager.requireAlive();
    }

    /** The TaskManager, of which there was never a second. */
    JvmProcess taskManager() {
        return taskManager;
    }

    /** How often a JVM of this cluster has unpacked ONNX Runtime's native libraries. */
    long unpackedRuntimes() throws IOException {
        try (Stream<Path> files = Files.list(setup.temporaryFiles())) {
            return files.filter(file -> file.getFileName().toString().startsWith("onnxruntime-"))
                    .count();
        }
    }

    /** Prints the ends of all logs to standard error. */
    void printLogs() throws IOException {
        List<JvmProcess> all = new ArrayList<>(List.of(jobManager, taskManager));
        all.addAll(commands);
        for (JvmProcess process : all) {
            System.err.println(process.lastLines(LOG_LINES));
        }
    }

    @Override
    public void close() {
        taskManager.close();
        jobManager.close();
    }
}
