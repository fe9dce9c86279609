package io.liftstream.cli.demo;

import io.liftstream.cli.job.LocalJob;
import io.liftstream.cli.job.LocalPreflight;
import io.liftstream.job.ConfigurationLayers;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftingOptions;
import io.liftstream.job.LiftstreamOptions;
import io.liftstream.job.OrderingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The demo's live job: small, quick to answer, and with no age to shed. */
final class DemoJob {
    private static final int PARALLELISM = 2;

    private DemoJob() {}

    /**
     * What it is told.
     *
     * @param folder for checkpoints
     * @param words {@code --key value} words from the user
     * @throws InvalidConfigurationException with every problem found
     */
    static JobSettings settings(String bootstrapServers, Path folder, List<String> words)
            throws IOException {
        JobOverrides derived = options(bootstrapServers).addAll(flinkOptions(folder));
        ConfigurationLayers layers = ConfigurationLoader.layers(null, words);
        requireOwn(layers);
        return JobSettingsReader.read(layers.with(derived, new JobOverrides()));
    }

    private static void requireOwn(ConfigurationLayers layers) {
        List<String> problems = new ArrayList<>();
        refuse(
                layers,
                LiftstreamOptions.KAFKA_BOOTSTRAP_SERVERS,
                "the demo starts a broker of its own; to lift from yours, use liftstream job",
                problems);
        refuse(
                layers,
                LiftstreamOptions.JOB_MODE,
                "the demo's job is always live; to lift a recorded topic, use liftstream replay",
                problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static void refuse(
            ConfigurationLayers layers, ConfigOption<?> option, String why, List<String> problems) {
        if (layers.words().contains(option)) {
            problems.add("option " + option.key() + " cannot be set: " + why);
        }
    }

    /** Starts it; its models were opened once already. */
    static LocalJob start(JobSettings settings) throws Exception {
        LocalPreflight.rehearse(settings);
        return LocalJob.start(settings);
    }

    private static JobOverrides options(String bootstrapServers) {
        return new JobOverrides()
                .set(LiftstreamOptions.JOB_NAME, "liftstream-demo")
                .set(LiftstreamOptions.KAFKA_BOOTSTRAP_SERVERS, bootstrapServers)
                .set(LiftstreamOptions.SOURCE_START, "earliest")
                .set(LiftingOptions.RETURN_DEPTH_IMAGE, true)
                .set(LiftingOptions.RETURN_POINT_CLOUD, true)
                .set(OrderingOptions.ORDERING_FLUSH_AFTER, Duration.ofSeconds(1))
                .set(OrderingOptions.ORDERING_MAX_OUT_OF_ORDERNESS, Duration.ofMillis(200))
                .set(OrderingOptions.LIVE_MAX_AGE, Duration.ZERO);
    }

    private static JobOverrides flinkOptions(Path folder) throws IOException {
        return LocalJob.flinkOptions()
                .setFlink(WebOptions.CANCEL_ENABLE, false)
                .setFlink(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM)
                .setFlink(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32))
                .setFlink(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64))
                .setFlink(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64))
                // With it, a transaction of an exactly-once sink is short enough for any broker.
                .setFlink(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(1))
                .setFlink(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        folder.resolve("checkpoints").toUri().toString());
    }
}
