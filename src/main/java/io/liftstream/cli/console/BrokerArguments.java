package io.liftstream.cli.console;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command that reads or writes topics finds its brokers: as the job does. */
public final class BrokerArguments {

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
        ConfigurationWords.requireKeys(command, words);
        List<String> all = new ArrayList<>(words(configuration));
        all.addAll(words);
        return JobSettingsReader.read(LiftstreamJob.configuration(all));
    }

    /**
     * The words of the job that these brokers serve: its file, if any, then these brokers.
     *
     * @param configuration the job's file, or null
     */
    public List<String> words(Path configuration) {
        List<String> all = new ArrayList<>();
        if (configuration != null) {
            all.add(configuration.toString());
        }
        if (bootstrapServers != null) {
            all.addAll(List.of("--kafka.bootstrap-servers", bootstrapServers));
        }
        return all;
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
