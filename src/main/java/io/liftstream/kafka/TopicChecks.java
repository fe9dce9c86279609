package io.liftstream.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers, before anything is submitted, whether the topics can serve the job. */
public final class TopicChecks implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration NEW_TOPIC_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_SHOWN_TOPICS = 8;
    private static final Duration RETRY = Duration.ofMillis(100);

    /** What the topic of calibrations is created with. */
    public static final Map<String, String> CALIBRATION_CONFIG =
            new TreeMap<>(
                    Map.of(
                            "cleanup.policy", "delete",
                            "message.timestamp.type", "LogAppendTime",
                            "retention.ms", "-1",
                            "retention.bytes", "-1"));

    private final Admin admin;
    private final String bootstrapServers;

    /** In {@code System.nanoTime()}: when all that existed before these checks is known. */
    private final long knownNanos = System.nanoTime() + NEW_TOPIC_TIMEOUT.toNanos();

    /**
     * Connects; {@link #close} disconnects. For topics that were created before.
     *
     * @param settings of the Kafka cluster
     * @throws IllegalStateException where no broker takes a connection, or Kafka's client refuses
     *     the settings
     */
    public TopicChecks(KafkaSettings settings) {
        this.bootstrapServers = settings.bootstrapServers();
        BootstrapServers.fault(bootstrapServers)
                .ifPresent(
                        fault -> {
                            throw new IllegalStateException(fault);
                        });
        try {
            this.admin = Admin.create(settings.clientProperties());
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "Kafka's client refuses kafka.bootstrap-servers or kafka.properties: "
                            + reason(e),
                    e);
        }
    }

    /** The innermost words, but those of a file that cannot be read, which are its bare name. */
    private static String reason(KafkaException refusal) {
        Throwable told = refusal;
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !(cause instanceof IOException)) {
                told = cause;
            }
        }
        return told.getMessage();
    }

    /**
     * {@return one line for each of these topics that does not exist, with those that do}
     *
     * @param topics names, to be read
     */
    public List<String> missing(List<String> topics) {
        return topics.stream()
                .filter(topic -> topicConfig(topic).isEmpty())
                .map(topic -> missing(topic) + ", which has " + existing())
                .toList();
    }

    /** What a mistyped name may have meant. */
    private String existing() {
        List<String> names;
        try {
            names = await(admin.listTopics().names()).stream().sorted().toList();
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        }
        String shown = names.stream().limit(MAX_SHOWN_TOPICS).collect(Collectors.joining(", "));
        int more = names.size() - MAX_SHOWN_TOPICS;
        return names.isEmpty() ? "none" : shown + (more > 0 ? " and " + more + " more" : "");
    }

    /**
     * {@return that a topic does not exist, and where}
     *
     * @param topic its name
     */
    public String missing(String topic) {
        return "topic " + topic + " does not exist on " + bootstrapServers;
    }

    /**
     * {@return why positions are not places on a topic, one line each; none where it does not
     * exist}
     *
     * @param topic its name
     * @param positions where reading begins or ends
     */
    public List<String> positionFaults(String topic, List<ReadPosition> positions) {
        if (positions.stream().allMatch(position -> position.offsets().isEmpty())) {
            return List.of();
        }
        SortedMap<Integer, Long> ends = endsOf(topic);
        return ends.isEmpty()
                ? List.of()
                : positions.stream()
                        .flatMap(position -> PositionFaults.of(topic, position, ends).stream())
                        .toList();
    }

    /** Transactions that are open still count: their records have their offsets already. */
    private SortedMap<Integer, Long> endsOf(String topic) {
        Map<TopicPartition, OffsetSpec> asked =
                partitionsOf(topic).stream()
                        .collect(
                                Collectors.toMap(
                                        partition -> new TopicPartition(topic, partition),
                                        partition -> OffsetSpec.latest()));
        SortedMap<Integer, Long> ends = new TreeMap<>();
        try {
            await(admin.listOffsets(asked).all())
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        }
        return ends;
    }

    /**
     * {@return one line for each thing that keeps a calibration topic from giving each frame, for
     * ever, what was published before it}
     *
     * @param topic the calibration topic
     */
    public List<String> calibrationProblems(String topic) {
        Optional<Config> config = topicConfig(topic);
        if (config.isEmpty()) {
            return List.of(missing(topic) + "; create it with: liftstream calibration publish");
        }
        List<String> problems = new ArrayList<>();
        int partitions = partitionsOf(topic).size();
        if (partitions != 1) {
            problems.add(
                    "topic "
                            + topic
                            + " has "
                            + partitions
                            + " partitions: a calibration topic has 1, so that its records have one"
                            + " order; create another topic");
        }
        CALIBRATION_CONFIG.forEach(
                (key, wanted) -> {
                    String value = config.get().get(key).value();
                    if (!value.equals(wanted)) {
                        problems.add(
                                key
                                        + " of topic "
                                        + topic
                                        + " is "
                                        + value
                                        + ": it must be "
                                        + wanted
                                        + ", or a replay finds other calibrations than live did");
                    }
                });
        return problems;
    }

    private List<Integer> partitionsOf(String topic) {
        try {
            return await(admin.describeTopics(List.of(topic)).allTopicNames())
                    .get(topic)
                    .partitions()
                    .stream()
                    .map(TopicPartitionInfo::partition)
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw unreachable(e.getCause());
        }
    }

    /**
     * {@return the settings of a topic; empty where it does not exist}
     *
     * @param topic its name
     */
    public Optional<TopicSettings> settings(String topic) {
        return topicConfig(topic).map(config -> settings(topic, config));
    }

    private static TopicSettings settings(String topic, Config config) {
        return new TopicSettings(
                topic,
                config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }

    /** {@return the longest transaction timeout that the brokers accept} */
    public Duration maxTransactionTimeout() {
        try {
            String broker = await(admin.describeCluster().nodes()).iterator().next().idString();
            Config config =
                    configOf(new ConfigResource(ConfigResource.Type.BROKER, broker)).orElseThrow();
            ConfigEntry entry = config.get("transaction.max.timeout.ms");
            return Duration.ofMillis(Long.parseLong(entry.value()));
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        }
    }

    /**
     * A topic that was created a moment ago is not known to every broker yet, so it is asked for
     * again. The time for that is that of all topics together: each of several that are missing
     * would else be waited for.
     */
    private Optional<Config> topicConfig(String topic) {
        while (true) {
            try {
                return configOf(new ConfigResource(ConfigResource.Type.TOPIC, topic));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unreachable(e.getCause());
                }
                if (System.nanoTime() - knownNanos > 0) {
                    return Optional.empty();
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private Optional<Config> configOf(ConfigResource resource) throws ExecutionException {
        Map<ConfigResource, Config> found = await(admin.describeConfigs(List.of(resource)).all());
        return Optional.ofNullable(found.get(resource));
    }

    private <T> T await(org.apache.kafka.common.KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (TimeoutException e) {
            throw unreachable(e);
        }
    }

    private IllegalStateException unreachable(Throwable cause) {
        String said = cause.getMessage() == null ? "timed out" : cause.getMessage();
        String fault =
                cause instanceof AuthorizationException
                        ? "the brokers refuse this user ("
                                + said
                                + "); deploy/README.md lists the"
                                + " rights that a job needs"
                        : "no answer within " + TIMEOUT.toSeconds() + " s (" + said + ")";
        return new IllegalStateException(
                "kafka.bootstrap-servers is " + bootstrapServers + ": " + fault, cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
