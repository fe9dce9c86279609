package io.liftstream.cli.calibration;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.job.JobSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which topic a command is about. */
final class CalibrationArguments {
    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml",
            description = "The job's configuration, for its brokers and topic.")
    private Path configuration;

    @Mixin private BrokerArguments brokers;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description =
                    "The calibration topic. Default: the job's topics.calibration, else "
                            + CalibrationCommand.DEFAULT_TOPIC
                            + ".")
    private String topic;

    /** The settings of the job, with further options of it. */
    JobSettings settings(CommandSpec command, List<String> overrides) {
        return brokers.settings(command, configuration, overrides);
    }

    /** The topic that the command is about. */
    String topic(JobSettings settings) {
        if (topic != null) {
            return topic;
        }
        return settings.calibrationTopic() == null
                ? CalibrationCommand.DEFAULT_TOPIC
                : settings.calibrationTopic();
    }
}
