package io.liftstream.cli.topics;

import picocli.CommandLine.Command;

/** {@code liftstream topics}: the topics of a job. */
@Command(
        name = "topics",
        description = "The topics of a job: create, check.",
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class},
        footer = {
            "",
            "Examples:",
            "  liftstream topics create conf/local.yaml",
            "  liftstream topics create conf/live.yaml --kafka.bootstrap-servers broker:9092"
                    + " --partitions 12",
            "  liftstream topics check conf/live.yaml --kafka.bootstrap-servers broker:9092"
        })
public final class TopicsCommand {
    private TopicsCommand() {}
}
