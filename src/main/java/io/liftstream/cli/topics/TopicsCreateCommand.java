package io.liftstream.cli.topics;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.job.TopicFault;
import io.liftstream.job.TopicRules;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.kafka.TopicCreation;
import io.liftstream.kafka.TopicSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Creates the topics of a job. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Creates the three topics of a job with the settings that it needs. Existing topics are"
                    + " not changed: their wrong settings are reported, and corrected with --alter.",
            "The frames topic uses the broker's time (LogAppendTime), by which the job checks the"
                    + " cameras' clocks, and no compression; the depth topic accepts results of"
                    + " result.max-bytes."
        },
        footer = {
            "",
            "Every option of conf/README.md can follow as --key value.",
            "",
            "Examples:",
            "  liftstream topics create conf/local.yaml --retention 1h",
            "  liftstream topics create conf/live.yaml --partitions 12",
            "  liftstream topics create conf/live.yaml --topics.depth my.replay --topics.rejected"
                    + " my.replay.rejected"
        })
public final class TopicsCreateCommand implements Callable<Integer> {
    private static final int ORDINARY_REPLICAS = 3;

    /** Of a producer that waits for all copies: one may be away. */
    private static final String MIN_IN_SYNC = "min.insync.replicas";

    @Mixin private JobArguments job;

    @Option(
            names = "--partitions",
            defaultValue = "6",
            description =
                    "Partitions of each topic. Each camera stays in one, so decide before the first frame.")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replication factor. Default: 3, or the number of brokers if lower.")
    private Integer replicas;

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description =
                    "How long frames and results are kept, such as 24h; bounds what can be replayed."
                            + " Rejections are kept for 7 days at least.")
    private String retention;

    @Option(names = "--alter", description = "Also correct the settings of existing topics.")
    private boolean alter;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() {
        JobSettings settings = job.settings(overrides);
        TopicRules rules = new TopicRules(settings);
        List<TopicSettings> plan = rules.plan(requireSense());
        requireServing(rules, plan);
        try {
            create(settings.kafka(), plan);
            List<TopicFault> faults = faults(settings.kafka(), rules);
            if (!faults.isEmpty()) {
                job.explain(faults, out());
                return ExitCode.FAILED;
            }
            return ExitCode.OK;
        } catch (IllegalStateException e) {
            throw new InvalidConfigurationException(List.of(e.getMessage()));
        }
    }

    private Duration requireSense() {
        List<String> problems = new ArrayList<>();
        requirePositive("--partitions", partitions, problems);
        if (replicas != null) {
            requirePositive("--replication-factor", replicas, problems);
        }
        Duration kept = Duration.ZERO;
        try {
            kept = TimeUtils.parseDuration(retention);
        } catch (IllegalArgumentException e) {
            problems.add(
                    "option --retention is " + retention + ": it must be a duration, such as 24h");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return kept;
    }

    private static void requirePositive(String name, int value, List<String> problems) {
        if (value < 1) {
            problems.add("option " + name + " is " + value + ": it must be at least 1");
        }
    }

    /** What is created must not be refused by the job. */
    private static void requireServing(TopicRules rules, List<TopicSettings> plan) {
        List<String> problems =
                plan.stream()
                        .flatMap(topic -> rules.faults(topic).stream())
                        .map(TopicFault::text)
                        .toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private void create(KafkaSettings kafka, List<TopicSettings> plan) {
        List<TopicSettings> missing = missing(kafka, plan);
        plan.stream()
                .filter(topic -> !missing.contains(topic))
                .forEach(topic -> out().println(topic.topic() + " exists already."));
        if (missing.isEmpty()) {
            return;
        }
        try (TopicCreation creation = new TopicCreation(kafka)) {
            int copies =
                    replicas == null ? Math.min(ORDINARY_REPLICAS, creation.brokers()) : replicas;
            creation.create(
                    missing.stream().map(topic -> inSync(topic, copies)).toList(),
                    partitions,
                    (short) copies);
            missing.forEach(topic -> out().println(created(topic, copies)));
        }
    }

    private static List<TopicSettings> missing(KafkaSettings kafka, List<TopicSettings> plan) {
        try (TopicChecks brokers = new TopicChecks(kafka)) {
            return plan.stream()
                    .filter(topic -> brokers.settings(topic.topic()).isEmpty())
                    .toList();
        }
    }

    /** What is left of them after {@code --alter}, of topics of which some are new. */
    private List<TopicFault> faults(KafkaSettings kafka, TopicRules rules) {
        try (TopicChecks brokers = new TopicChecks(kafka)) {
            List<TopicFault> faults = rules.faults(brokers);
            if (!alter) {
                return faults;
            }
            set(kafka, faults);
            return rules.faults(brokers);
        }
    }

    private static TopicSettings inSync(TopicSettings topic, int copies) {
        Map<String, String> values = new HashMap<>(topic.values());
        values.put(MIN_IN_SYNC, copies > 2 ? "2" : "1");
        return new TopicSettings(topic.topic(), values);
    }

    private String created(TopicSettings topic, int copies) {
        return String.format(
                Locale.ROOT,
                "Created %s: %d partitions, %d %s of each, kept for %s.",
                topic.topic(),
                partitions,
                copies,
                copies == 1 ? "copy" : "copies",
                TimeUtils.formatWithHighestUnit(topic.retention().orElseThrow()));
    }

    private void set(KafkaSettings kafka, List<TopicFault> faults) {
        try (TopicCreation creation = new TopicCreation(kafka)) {
            for (TopicFault fault : faults) {
                if (fault.setting() != null) {
                    creation.set(
                            new TopicSettings(
                                    fault.topic(), Map.of(fault.setting(), fault.value())));
                    out().printf(
                                    Locale.ROOT,
                                    "Set %s=%s on %s.%n",
                                    fault.setting(),
                                    fault.value(),
                                    fault.topic());
                }
            }
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
