package io.liftstream.cli.bench;

import io.liftstream.cli.job.LocalJob;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftingOptions;
import io.liftstream.job.LiftstreamOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The job's configuration in a bench, under what the user says.
 *
 * @param address of the broker
 * @param parallelism of the job
 * @param folder for checkpoints and Flink's temporary files
 * @param words {@code --key value} words from the user
 */
record BenchConfiguration(String address, int parallelism, Path folder, List<String> words) {
    static final String FRAMES_TOPIC = "bench.frames";

    private static final ConfigOption<String> INTERCEPTORS =
            ConfigOptions.key(
                            LiftstreamOptions.KAFKA_PROPERTIES_PREFIX
                                    + ProducerConfig.INTERCEPTOR_CLASSES_CONFIG)
                    .stringType()
                    .noDefaultValue();
    private static final ConfigOption<String> REPORTER =
            ConfigOptions.key("metrics.reporter.bench.factory.class").stringType().noDefaultValue();

    /** Reads what {@link #toWords} wrote. */
    static BenchConfiguration ofWords(List<String> written) {
        return new BenchConfiguration(
                written.get(0),
                Integer.parseInt(written.get(1)),
                Path.of(written.get(2)),
                written.subList(3, written.size()));
    }

    /** For a worker's command line. */
    List<String> toWords() {
        List<String> all = new ArrayList<>();
        all.addAll(List.of(address, Integer.toString(parallelism), folder.toString()));
        all.addAll(words);
        return all;
    }

    /** A replay whose results nobody asks for. */
    JobSettings settings() throws IOException {
        return settings("bench.depth", "bench.rejected");
    }

    /** A replay of the whole backlog to these topics. */
    JobSettings settings(String depthTopic, String rejectedTopic) throws IOException {
        return settings(
                new JobOverrides()
                        .set(LiftstreamOptions.TOPICS_DEPTH, depthTopic)
                        .set(LiftstreamOptions.TOPICS_REJECTED, rejectedTopic));
    }

    /** A live job. */
    JobSettings liveSettings(LiveOrder order) throws IOException {
        return settings(
                new JobOverrides()
                        .set(LiftstreamOptions.JOB_MODE, JobMode.LIVE)
                        .set(LiftstreamOptions.JOB_NAME, "liftstream-bench-" + order.guarantee())
                        .set(LiftstreamOptions.TOPICS_FRAMES, order.framesTopic())
                        .set(LiftstreamOptions.TOPICS_DEPTH, order.depthTopic())
                        .set(LiftstreamOptions.TOPICS_REJECTED, order.rejectedTopic())
                        .set(LiftstreamOptions.SINK_DELIVERY_GUARANTEE, order.guarantee()));
    }

    private JobSettings settings(JobOverrides decided) throws IOException {
        JobOverrides derived = job().addAll(flink());
        return JobSettingsReader.read(
                ConfigurationLoader.layers(null, words).with(derived, decided));
    }

    private JobOverrides job() {
        return new JobOverrides()
                .set(LiftstreamOptions.JOB_NAME, "liftstream-bench")
                .set(LiftstreamOptions.JOB_MODE, JobMode.REPLAY)
                .set(LiftstreamOptions.KAFKA_BOOTSTRAP_SERVERS, address)
                .set(INTERCEPTORS, RecordWatch.class.getName())
                .set(LiftstreamOptions.TOPICS_FRAMES, FRAMES_TOPIC)
                .set(LiftstreamOptions.SOURCE_START, "earliest")
                .set(LiftstreamOptions.SINK_DELIVERY_GUARANTEE, DeliveryGuarantee.AT_LEAST_ONCE)
                .set(LiftingOptions.RETURN_POINT_CLOUD, true);
    }

    private JobOverrides flink() throws IOException {
        return LocalJob.flinkOptions()
                .setFlink(TaskManagerOptions.NUM_TASK_SLOTS, parallelism)
                .setFlink(CoreOptions.DEFAULT_PARALLELISM, parallelism)
                .setFlink(RestartStrategyOptions.RESTART_STRATEGY, "none")
                .setFlink(REPORTER, StageMetrics.class.getName())
                .setFlink(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10))
                // Short enough for the transaction timeout, where the user wants exactly once.
                .setFlink(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(5))
                .setFlink(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        folder.resolve("checkpoints").toUri().toString());
    }
}
