package io.liftstream.cli.topics;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.job.TopicFault;
import io.liftstream.job.TopicRules;
import io.liftstream.kafka.TopicChecks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says what the topics of a job lack. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Reports each wrong setting of a job's topics, by the checks of the job's start, with the"
                    + " command that corrects it; exit code 1 if there are any.",
            "Changes nothing."
        },
        footer = {
            "",
            "Every option of conf/README.md can follow as --key value.",
            "",
            "Examples:",
            "  liftstream topics check conf/local.yaml",
            "  liftstream topics check conf/live.yaml --topics.depth my.replay"
        })
public final class TopicsCheckCommand implements Callable<Integer> {

    @Mixin private JobArguments job;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() {
        JobSettings settings = job.settings(overrides);
        TopicRules rules = new TopicRules(settings);
        List<TopicFault> faults;
        try (TopicChecks brokers = new TopicChecks(settings.kafka())) {
            faults = rules.faults(brokers);
        } catch (IllegalStateException e) {
            throw new InvalidConfigurationException(List.of(e.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (faults.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%s on %s lack nothing.%n",
                    String.join(", ", rules.topics()),
                    settings.kafka().bootstrapServers());
            return ExitCode.OK;
        }
        job.explain(faults, out);
        return ExitCode.FAILED;
    }
}
