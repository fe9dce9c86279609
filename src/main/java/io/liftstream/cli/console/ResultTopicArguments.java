package io.liftstream.cli.console;

import io.liftstream.job.ConfigurationLayers;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.ReadPosition;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which of a job's output topics a command reads, and from where on. */
public final class ResultTopicArguments {

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml",
            description = "The job's configuration, for its brokers and topic.")
    private Path configuration;

    @Mixin private BrokerArguments brokers;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "The topic to read. Default: the one that the job writes.")
    private String topic;

    @Option(
            names = "--from",
            paramLabel = "POS",
            defaultValue = "earliest",
            description =
                    "Where to begin: earliest, an instant by the broker's time, or offsets such as"
                            + " 0:1200,1:900.")
    private String from;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * The settings of the job that wrote the topic.
     *
     * @param overrides further words of the user for the job, {@code --key value}
     * @throws InvalidConfigurationException with every problem found
     */
    public JobSettings settings(List<String> overrides) {
        return brokers.settings(command, configuration, overrides);
    }

    /**
     * Where to begin.
     *
     * @throws InvalidConfigurationException where what was given is no position
     */
    public ReadPosition start() {
        try {
            return ReadPosition.parse(from);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(List.of("option --from: " + e.getMessage()));
        }
    }

    /**
     * The topic to read, which the brokers have.
     *
     * @param ofTheJob where none was given
     * @throws InvalidConfigurationException where they do not answer or lack it
     */
    public String topic(JobSettings settings, String ofTheJob) {
        String chosen = topic == null ? ofTheJob : topic;
        BrokerArguments.requireTopic(settings.kafka(), chosen);
        return chosen;
    }

    /**
     * What the user said of the job that wrote the topic.
     *
     * @param overrides further words of the user for the job, {@code --key value}
     * @throws InvalidConfigurationException with every problem of keys and types
     */
    public ConfigurationLayers layers(List<String> overrides) {
        return brokers.layers(command, configuration, overrides);
    }
}
