package io.liftstream.testing;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobPreflight;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * The job as users run it, graph, connectors and checks, on a Flink cluster inside this JVM: its
 * own, or the test's.
 */
public final class RunningJob implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final List<String> RESTARTING =
            List.of(
                    "--sink.restart-budget", "1 min",
                    "--flink.execution.checkpointing.timeout", "1 min",
                    "--flink.execution.checkpointing.interval", "300 ms",
                    "--flink.execution.checkpointing.unaligned.enabled", "true",
                    "--flink.restart-strategy.type", "fixed-delay",
                    "--flink.restart-strategy.fixed-delay.attempts", "100",
                    "--flink.restart-strategy.fixed-delay.delay", "500 ms");

    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> end;

    private RunningJob(JobClient client) {
        this.client = client;
        // Asked for now: a MiniCluster that has ended with its job answers no more.
        this.end = client.getJobExecutionResult();
    }

    /**
     * Starts a live job that reads the frames topic from its beginning and sheds nothing.
     *
     * @param folder for checkpoints and Flink's temporary files
     * @param parallelism of every operator, and the number of slots
     * @param overrides {@code --key value} words, stronger than the defaults here
     */
    public static RunningJob live(
            EmbeddedBroker broker,
            JobTopics topics,
            Path folder,
            int parallelism,
            List<String> overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(List.of("--ordering.flush-after", "3 s", "--live.max-age", "0 s"));
        words.addAll(overrides);
        return start(broker, topics, folder, parallelism, words);
    }

    /**
     * Starts a replay of everything that is on the frames topic now; see {@link #awaitEnd}.
     *
     * @param folder for checkpoints and Flink's temporary files
     * @param parallelism of every operator, and the number of slots
     * @param overrides {@code --key value} words, stronger than the defaults here
     */
    public static RunningJob replay(
            EmbeddedBroker broker,
            JobTopics topics,
            Path folder,
            int parallelism,
            List<String> overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.mode", "replay",
                                "--source.end", "latest",
                                "--sink.restart-budget", "1 min",
                                "--flink.execution.checkpointing.timeout", "1 min"));
        words.addAll(overrides);
        return start(broker, topics, folder, parallelism, words);
    }

    /**
     * Submits a live job, which sheds nothing and restarts after every failure, to the {@code
     * MiniClusterExtension} of the test, whose task managers can be killed.
     *
     * @param folder for checkpoints
     * @param parallelism of every operator
     * @param overrides {@code --key value} words, stronger than the defaults here
     */
    public static RunningJob liveOnCluster(
            EmbeddedBroker broker,
            JobTopics topics,
            Path folder,
            int parallelism,
            List<String> overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(List.of("--live.max-age", "0 s", "--ordering.flush-after", "8 s"));
        words.addAll(RESTARTING);
        words.addAll(overrides);
        return submit(settings(broker, topics, folder, words), parallelism);
    }

    /**
     * Submits a replay of everything that is on the frames topic now to the {@code
     * MiniClusterExtension} of the test, as {@link #liveOnCluster} does.
     */
    public static RunningJob replayOnCluster(
            EmbeddedBroker broker,
            JobTopics topics,
            Path folder,
            int parallelism,
            List<String> overrides)
            throws Exception {
        List<String> words =
                new ArrayList<>(List.of("--job.mode", "replay", "--source.end", "latest"));
        words.addAll(RESTARTING);
        words.addAll(overrides);
        return submit(settings(broker, topics, folder, words), parallelism);
    }

    private static RunningJob submit(JobSettings settings, int parallelism) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        LiftstreamJob.flinkConfiguration(settings));
        env.setParallelism(parallelism);
        JobPreflight.require(env, settings);
        LiftstreamJob.define(env, settings);
        return new RunningJob(env.executeAsync(settings.name()));
    }

    private static RunningJob start(
            EmbeddedBroker broker,
            JobTopics topics,
            Path folder,
            int parallelism,
            List<String> overrides)
            throws Exception {
        JobSettings settings = settings(broker, topics, folder, overrides);
        Configuration flink = LiftstreamJob.flinkConfiguration(settings);
        size(flink, folder, parallelism);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        JobPreflight.require(env, settings);
        LiftstreamJob.define(env, settings);
        return new RunningJob(env.executeAsync(settings.name()));
    }

    private static JobSettings settings(
            EmbeddedBroker broker, JobTopics topics, Path folder, List<String> overrides) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name",
                                topics.depth() + "-job",
                                "--kafka.bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topics.frames",
                                topics.frames(),
                                "--topics.depth",
                                topics.depth(),
                                "--topics.rejected",
                                topics.rejected(),
                                "--source.start",
                                "earliest",
                                "--lifting.return-depth-image",
                                "true",
                                "--lifting.return-point-cloud",
                                "true",
                                "--flink.execution.checkpointing.interval",
                                "1 s",
                                "--flink.execution.checkpointing.dir",
                                folder.resolve("checkpoints").toUri().toString()));
        words.addAll(overrides);
        return JobSettingsReader.read(ConfigurationLoader.load(null, words));
    }

    private static void size(Configuration flink, Path folder, int parallelism) {
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        flink.set(CoreOptions.TMP_DIRS, folder.resolve("flink").toString());
    }

    /**
     * Ends the job with a savepoint.
     *
     * @param folder for the savepoint
     * @return its address, for {@code execution.state-recovery.path}
     */
    public String stopWithSavepoint(Path folder) throws Exception {
        return stop(false, folder);
    }

    /**
     * Ends the job with a savepoint after all that is pending has left.
     *
     * @param folder for the savepoint
     * @throws java.util.concurrent.ExecutionException where the savepoint takes longer than a
     *     checkpoint may
     */
    public void drain(Path folder) throws Exception {
        stop(true, folder);
    }

    private String stop(boolean drain, Path folder) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                String savepoint =
                        client.stopWithSavepoint(
                                        drain,
                                        folder.toUri().toString(),
                                        SavepointFormatType.CANONICAL)
                                .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                awaitGone();
                return savepoint;
            } catch (ExecutionException e) {
                if (!isStillStarting(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static boolean isStillStarting(ExecutionException e) {
        return ExceptionUtils.findThrowable(e, CheckpointException.class)
                .map(CheckpointException::getCheckpointFailureReason)
                .filter(CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING::equals)
                .isPresent();
    }

    /** A savepoint is complete before its job has ended, and an ended job cannot be cancelled. */
    private void awaitGone() throws Exception {
        end.handle((result, failure) -> result).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Throws the job's failure where it has failed, and where it has ended at all. */
    public void requireRunning() throws Exception {
        if (end.isDone()) {
            end.get();
            throw new AssertionError("the job ended by itself: a live job does not");
        }
    }

    /** Whether the job has ended, in whatever way. */
    public boolean hasEnded() {
        return end.isDone();
    }

    /** Waits until the job ends by itself; throws its failure where it fails. */
    public void awaitEnd(Duration patience) throws Exception {
        end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Cancels the job unless it has ended, and waits until its cluster is gone. */
    @Override
    public void close() throws Exception {
        if (!end.isDone()) {
            client.cancel().get();
            awaitGone();
        }
    }
}
