package io.liftstream.cli.demo;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job on a Flink inside this process, with its web UI on 127.0.0.1. */
final class DemoJob implements AutoCloseable {
    private static final int SLOTS = 2;
    private static final long TIMEOUT_SECONDS = 10;

    private final JobClient client;
    private final String webAddress;

    private DemoJob(JobClient client, String webAddress) {
        this.client = client;
        this.webAddress = webAddress;
    }

    /**
     * Starts the live job.
     *
     * @param folder for checkpoints and Flink's temporary files
     * @param overrides {@code --key value} words from the user
     */
    static DemoJob start(String bootstrapServers, Path folder, List<String> overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name", "liftstream-demo",
                                "--kafka.bootstrap-servers", bootstrapServers,
                                "--source.start", "earliest",
                                "--ordering.flush-after", "1 s",
                                "--ordering.max-out-of-orderness", "200 ms",
                                "--live.max-age", "0 s",
                                "--flink.execution.checkpointing.dir",
                                        folder.resolve("checkpoints").toUri().toString()));
        words.addAll(overrides);
        JobSettings settings = JobSettingsReader.read(ConfigurationLoader.load(null, words));
        Configuration flink = LiftstreamJob.flinkConfiguration(settings);
        int port = freePort();
        local(flink, folder, port);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
        LiftstreamJob.define(env, settings);
        return new DemoJob(env.executeAsync(settings.name()), "http://127.0.0.1:" + port);
    }

    private static void local(Configuration flink, Path folder, int port) {
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(RestOptions.PORT, port);
        flink.set(RestOptions.BIND_PORT, Integer.toString(port));
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        flink.set(WebOptions.CANCEL_ENABLE, false);
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        flink.set(CoreOptions.DEFAULT_PARALLELISM, SLOTS);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        flink.set(CoreOptions.TMP_DIRS, folder.resolve("flink").toString());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Flink's web UI. */
    String webAddress() {
        return webAddress;
    }

    /** Throws the job's failure where it has failed. */
    void requireRunning() throws Exception {
        if (client.getJobStatus().get().isGloballyTerminalState()) {
            client.getJobExecutionResult().get();
            throw new IllegalStateException("the job ended by itself: a live job does not");
        }
    }

    @Override
    public void close() throws Exception {
        client.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        // A cancelled job answers before its tasks have let go of the broker and the folder.
        while (isRunning() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    private boolean isRunning() throws InterruptedException {
        try {
            return !client.getJobStatus()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .isGloballyTerminalState();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // The cluster ends with its job, and then answers no more.
            return false;
        }
    }
}
