package io.liftstream.cli.topics;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.job.JobSettings;
import io.liftstream.job.TopicFault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The job whose topics are meant, as its own words name it. */
public final class JobArguments {

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml",
            description = "The job's configuration; see conf/.")
    private Path configuration;

    @Mixin private BrokerArguments brokers;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * The settings of the job.
     *
     * @param overrides further words of the user for the job, {@code --key value}
     * @throws io.liftstream.job.InvalidConfigurationException with every problem found
     */
    JobSettings settings(List<String> overrides) {
        return brokers.settings(command, configuration, overrides);
    }

    /**
     * Says what is wrong and how it is mended, in lines for people.
     *
     * @param faults at least one
     */
    void explain(List<TopicFault> faults, PrintWriter out) {
        faults.forEach(fault -> out.println(fault.text()));
        Map<Boolean, List<TopicFault>> settings =
                faults.stream()
                        .collect(Collectors.partitioningBy(fault -> fault.setting() != null));
        boolean missing = faults.stream().anyMatch(TopicFault::missing);
        if (!settings.get(true).isEmpty()) {
            out.println("Mend it with: " + createCommand(" --alter"));
            settings.get(true)
                    .forEach(
                            fault ->
                                    out.printf(
                                            Locale.ROOT,
                                            "  sets %s=%s on topic %s%n",
                                            fault.setting(),
                                            fault.value(),
                                            fault.topic()));
        } else if (missing) {
            out.println("Mend it with: " + createCommand(""));
        }
    }

    /** What the user typed, made the command that mends. */
    private String createCommand(String option) {
        List<String> typed = command.root().commandLine().getParseResult().originalArgs();
        return Stream.concat(
                        Stream.of(("liftstream topics create" + option).split(" ")),
                        typed.stream().skip(2).filter(word -> !word.equals(option.strip())))
                .map(JobArguments::quoted)
                .collect(Collectors.joining(" "));
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\w./:,=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
