package io.liftstream.cli.console;

import io.liftstream.job.ConfigurationLayers;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamOptions;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicChecks;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command that reads or writes topics finds its brokers: as the job does. */
public final class BrokerArguments {

    /** What stands for brokers where a dry run may do without. */
    public static final String UNNAMED = "brokers that are not named";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Brokers to ask first, separated by commas; instead of CONFIG.yaml.")
    private String bootstrapServers;

    /**
     * The settings of the job that these brokers serve.
     *
     * @param configuration the job's file, or null
     * @param words further options of the job, {@code --key value}
     * @throws InvalidConfigurationException with every problem found
     */
    public JobSettings settings(CommandSpec command, Path configuration, List<String> words) {
        return JobSettingsReader.read(layers(command, configuration, words).merged());
    }

    /**
     * As above, for a command that sends nothing: where no brokers are named, they are {@link
     * #UNNAMED}.
     *
     * @param configuration the job's file, or null
     * @param words further options of the job, {@code --key value}
     * @throws InvalidConfigurationException with every problem found
     */
    public JobSettings settingsOfDryRun(
            CommandSpec command, Path configuration, List<String> words) {
        Configuration merged = layers(command, configuration, words).merged();
        if (!merged.contains(LiftstreamOptions.KAFKA_BOOTSTRAP_SERVERS)) {
            merged.set(LiftstreamOptions.KAFKA_BOOTSTRAP_SERVERS, UNNAMED);
        }
        return JobSettingsReader.read(merged);
    }

    /**
     * What the user said of the job that these brokers serve.
     *
     * @param configuration the job's file, or null
     * @param words further options of the job, {@code --key value}
     * @throws InvalidConfigurationException with every problem of keys and types
     */
    public ConfigurationLayers layers(CommandSpec command, Path configuration, List<String> words) {
        ConfigurationWords.requireKeys(command, words);
        ConfigurationLayers given = ConfigurationLoader.layers(configuration, words);
        return bootstrapServers == null
                ? given
                : given.overFile(
                        new JobOverrides()
                                .set(LiftstreamOptions.KAFKA_BOOTSTRAP_SERVERS, bootstrapServers));
    }

    /**
     * Asks the brokers before anything is done.
     *
     * @throws InvalidConfigurationException where they do not answer or lack a topic
     */
    public static void requireTopic(KafkaSettings kafka, String topic) {
        List<String> problems;
        try (TopicChecks checks = new TopicChecks(kafka)) {
            problems = checks.missing(List.of(topic));
        } catch (IllegalStateException e) {
            problems = List.of(e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }
}
