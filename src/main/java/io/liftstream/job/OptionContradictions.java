package io.liftstream.job;

import static io.liftstream.job.LiftstreamOptions.*;
import static io.liftstream.job.OrderingOptions.*;
import static io.liftstream.job.ResultOptions.*;

import io.liftstream.kafka.KafkaConnectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * Options that are right by themselves and wrong together, and properties of Kafka's clients that
 * would break what the job promises.
 */
final class OptionContradictions {

    /** Whatever the value: the job sets these itself, or has an option of its own for them. */
    private static final Map<String, String> OWN =
            Map.of(
                    "bootstrap.servers", KAFKA_BOOTSTRAP_SERVERS.key(),
                    "group.id", KAFKA_GROUP_ID.key(),
                    "transaction.timeout.ms", SINK_TRANSACTION_TIMEOUT.key(),
                    "transactional.id", JOB_NAME.key(),
                    "auto.offset.reset", SOURCE_START.key());

    /** Values that the guarantees need; others are refused. */
    private static final Map<String, Set<String>> NEEDED =
            Map.of(
                    "acks", Set.of("all", "-1"),
                    "enable.idempotence", Set.of("true"),
                    "enable.auto.commit", Set.of("false"),
                    "commit.offsets.on.checkpoint", Set.of("true"),
                    "isolation.level", Set.of("read_committed"));

    private final Configuration configuration;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param configuration of known keys and right types
     */
    OptionContradictions(Configuration configuration) {
        this.configuration = configuration;
    }

    /** {@return one line each, with both keys and values} */
    List<String> problems() {
        if (configuration.get(JOB_MODE) == JobMode.LIVE) {
            checkLive();
        }
        checkTopics();
        new TreeMap<>(configuration.toMap())
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(KAFKA_PROPERTIES_PREFIX)) {
                                checkProperty(
                                        key,
                                        key.substring(KAFKA_PROPERTIES_PREFIX.length()),
                                        value);
                            }
                        });
        return problems;
    }

    private void checkTopics() {
        String frames = configuration.get(TOPICS_FRAMES);
        String depth = configuration.get(TOPICS_DEPTH);
        String rejected = configuration.get(TOPICS_REJECTED);
        List<ConfigOption<String>> topics = List.of(TOPICS_FRAMES, TOPICS_DEPTH, TOPICS_REJECTED);
        for (int i = 0; i < topics.size(); i++) {
            for (ConfigOption<String> other : topics.subList(i + 1, topics.size())) {
                requireApart(topics.get(i), other);
            }
        }
        String calibration = configuration.getOptional(TOPICS_CALIBRATION).orElse("");
        if (List.of(frames, depth, rejected).contains(calibration)) {
            problems.add(
                    named(TOPICS_CALIBRATION)
                            + ": it must be a topic of its own, of calibrations alone");
        }
    }

    private void requireApart(ConfigOption<String> one, ConfigOption<String> other) {
        if (configuration.get(one).equals(configuration.get(other))) {
            problems.add(
                    "options "
                            + one.key()
                            + " and "
                            + other.key()
                            + " are both "
                            + configuration.get(one)
                            + ": name another topic in one of them");
        }
    }

    private void checkLive() {
        if (configuration.get(CALIBRATION_HINDSIGHT)) {
            problems.add(
                    named(CALIBRATION_HINDSIGHT)
                            + " and "
                            + named(JOB_MODE)
                            + ": a live job cannot use what is published later; remove it");
        }
        if (isSet(LIVE_MAX_AGE)) {
            below(
                    ORDERING_MAX_OUT_OF_ORDERNESS,
                    "or every frame is too old (SHED) when its order is known");
            below(
                    ORDERING_FLUSH_AFTER,
                    "or the last frames of a camera that falls silent are too old (SHED) when they"
                            + " are released");
            if (!isSet(ORDERING_FLUSH_AFTER)) {
                problems.add(
                        named(ORDERING_FLUSH_AFTER)
                                + " (never) and "
                                + named(LIVE_MAX_AGE)
                                + ": a slow camera's frames would wait until they are SHED; set"
                                + " ordering.flush-after, or live.max-age to 0 s");
            }
        }
        if (isSet(ORDERING_POSITION_TTL)) {
            String why = "or a camera is forgotten while its frames still come";
            atLeast(ORDERING_POSITION_TTL, ORDERING_MAX_OUT_OF_ORDERNESS, why);
            atLeast(ORDERING_POSITION_TTL, ORDERING_FLUSH_AFTER, why);
            atLeast(ORDERING_POSITION_TTL, LIVE_MAX_AGE, why);
        }
    }

    private void atLeast(ConfigOption<Duration> greater, ConfigOption<Duration> less, String why) {
        if (configuration.get(greater).compareTo(configuration.get(less)) < 0) {
            problems.add(named(greater) + ": it must be at least " + limit(less) + ", " + why);
        }
    }

    private void below(ConfigOption<Duration> less, String why) {
        if (configuration.get(less).compareTo(configuration.get(LIVE_MAX_AGE)) >= 0) {
            problems.add(named(less) + ": it must be below " + limit(LIVE_MAX_AGE) + ", " + why);
        }
    }

    private boolean isSet(ConfigOption<Duration> option) {
        return !configuration.get(option).isZero();
    }

    private String named(ConfigOption<?> option) {
        return "option " + option.key() + " is " + OptionTypes.text(configuration.get(option));
    }

    private String limit(ConfigOption<Duration> option) {
        return option.key() + " (" + OptionTypes.text(configuration.get(option)) + ")";
    }

    private void checkProperty(String key, String property, String value) {
        if (OWN.containsKey(property)) {
            problems.add("option " + key + " is the job's own: use " + OWN.get(property));
        } else if (NEEDED.containsKey(property) && !NEEDED.get(property).contains(value.trim())) {
            problems.add(
                    "option "
                            + key
                            + " is "
                            + value
                            + ": it must be "
                            + String.join(" or ", NEEDED.get(property).stream().sorted().toList())
                            + ", or results can be lost or repeated; leave it out");
        } else if (property.equals("max.request.size")) {
            checkRequestSize(key, value);
        }
    }

    private void checkRequestSize(String key, String value) {
        ConfigOption<MemorySize> largest =
                configuration
                                        .get(RESULT_MAX_BYTES)
                                        .compareTo(configuration.get(REJECTED_MAX_ORIGINAL_BYTES))
                                >= 0
                        ? RESULT_MAX_BYTES
                        : REJECTED_MAX_ORIGINAL_BYTES;
        long needed = configuration.get(largest).getBytes() + KafkaConnectors.RECORD_OVERHEAD_BYTES;
        boolean enough;
        try {
            enough = Long.parseLong(value.trim()) >= needed;
        } catch (NumberFormatException e) {
            enough = false;
        }
        if (!enough) {
            problems.add(
                    "option "
                            + key
                            + " is "
                            + value
                            + ": "
                            + named(largest)
                            + " and needs at least "
                            + needed
                            + "; leave it out");
        }
    }
}
