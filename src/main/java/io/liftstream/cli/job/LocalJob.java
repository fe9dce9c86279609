package io.liftstream.cli.job;

import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.LiftstreamJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/** A job on a Flink inside this process, with its web UI on 127.0.0.1. */
public final class LocalJob implements AutoCloseable {
    private static final Duration METRICS_EVERY = Duration.ofSeconds(1);
    private static final long TIMEOUT_SECONDS = 10;

    private final JobClient client;
    private final String webAddress;
    private final int parallelism;
    private final Path temporary;

    private LocalJob(JobClient client, Path temporary, String webAddress, int parallelism) {
        this.client = client;
        this.temporary = temporary;
        this.webAddress = webAddress;
        this.parallelism = parallelism;
    }

    /**
     * {@return the options of the Flink inside this process} Its REST server accepts jobs from
     * whoever reaches it, so nobody else does; nor its other ports.
     *
     * @throws IOException where this machine has no port left
     */
    public static JobOverrides flinkOptions() throws IOException {
        return new JobOverrides()
                .setFlink(RestOptions.ADDRESS, LoopbackPort.ADDRESS)
                .setFlink(RestOptions.BIND_ADDRESS, LoopbackPort.ADDRESS)
                .setFlink(RestOptions.PORT, LoopbackPort.free())
                .setFlink(JobManagerOptions.BIND_HOST, LoopbackPort.ADDRESS)
                // Tasks in this process get all they need with their deployment: the server that
                // would hand it out is reached by this machine's name, where it does not listen.
                .setFlink(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE)
                .setFlink(WebOptions.SUBMIT_ENABLE, false)
                .setFlink(
                        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION)
                .setFlink(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS_EVERY);
    }

    /**
     * Starts a job. Flink's temporary files are deleted when it is closed.
     *
     * @param settings with {@link #flinkOptions}, which {@link LocalPreflight} has checked
     * @return the job, which runs
     * @throws Exception where Flink refuses it
     */
    public static LocalJob start(JobSettings settings) throws Exception {
        Path temporary = Files.createTempDirectory("liftstream-flink");
        try {
            return start(
                    settings.withFlinkDefaults(
                            Map.of(
                                    CoreOptions.TMP_DIRS.key(), temporary.toString(),
                                    WebOptions.TMP_DIR.key(), temporary.toString())),
                    temporary);
        } catch (Exception e) {
            FileUtils.deleteDirectoryQuietly(temporary.toFile());
            throw e;
        }
    }

    private static LocalJob start(JobSettings settings, Path temporary) throws Exception {
        StreamExecutionEnvironment env = LiftstreamJob.environment(settings);
        LiftstreamJob.define(env, settings);
        return new LocalJob(
                env.executeAsync(settings.name()),
                temporary,
                "http://"
                        + LoopbackPort.ADDRESS
                        + ":"
                        + Configuration.fromMap(settings.flink()).get(RestOptions.BIND_PORT),
                env.getParallelism());
    }

    /** {@return Flink's web UI} */
    public String webAddress() {
        return webAddress;
    }

    /** {@return the job's id} */
    public String id() {
        return client.getJobID().toHexString();
    }

    /** {@return how many subtasks each of its operators has} */
    public int parallelism() {
        return parallelism;
    }

    /**
     * Waits until the job ends by itself.
     *
     * @throws Exception the job's failure where it fails
     */
    public void awaitEnd() throws Exception {
        client.getJobExecutionResult().get();
    }

    /**
     * Checks a job that never ends by itself.
     *
     * @throws Exception the job's failure where it has failed
     */
    public void requireRunning() throws Exception {
        if (client.getJobStatus().get().isGloballyTerminalState()) {
            awaitEnd();
            throw new IllegalStateException("the live job ended unexpectedly");
        }
    }

    /** Cancels the job, and waits until its tasks have let go of brokers and folders. */
    @Override
    public void close() throws Exception {
        try {
            client.cancel().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | IllegalStateException e) {
            // A job that has ended, or was cancelled by another, is what is wanted.
            if (isRunning()) {
                throw e;
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while ((isRunning() || !deleteTemporaryFiles()) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    /** Its Flink ends behind the job, and deletes some of them too. */
    private boolean deleteTemporaryFiles() {
        FileUtils.deleteDirectoryQuietly(temporary.toFile());
        return Files.notExists(temporary);
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
