package io.liftstream.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a topic: those that it has, or those that it is to have.
 *
 * @param topic its name
 * @param values by Kafka's names, {@code retention.ms} for example
 */
public record TopicSettings(String topic, Map<String, String> values) {

    /** The largest batch of records, bytes. */
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";

    /** Whose time records bear: the broker's (LogAppendTime) or the producer's (CreateTime). */
    public static final String TIMESTAMP_TYPE = "message.timestamp.type";

    /** How batches are compressed where they are stored; {@code producer}: as they come. */
    public static final String COMPRESSION_TYPE = "compression.type";

    /** How long records are kept, milliseconds; -1 for ever. */
    public static final String RETENTION_MILLIS = "retention.ms";

    /** What becomes of old records: delete, compact, or both. */
    public static final String CLEANUP_POLICY = "cleanup.policy";

    /**
     * Copies the values.
     *
     * @param topic its name
     * @param values by Kafka's names
     */
    public TopicSettings {
        values = Map.copyOf(values);
    }

    /**
     * {@return the value of a setting}
     *
     * @param setting one that every topic has
     */
    public String value(String setting) {
        return values.get(setting);
    }

    /** {@return the largest batch of records that the topic takes, bytes} */
    public int maxMessageBytes() {
        return Integer.parseInt(value(MAX_MESSAGE_BYTES));
    }

    /** {@return how long the topic keeps its records; empty for ever} */
    public Optional<Duration> retention() {
        long millis = Long.parseLong(value(RETENTION_MILLIS));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
