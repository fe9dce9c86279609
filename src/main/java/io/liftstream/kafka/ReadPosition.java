package io.liftstream.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * A place on a topic: {@code committed}, {@code earliest}, {@code latest}, an ISO-8601 instant by
 * broker time, or offsets by partition such as {@code 0:1200,1:900}.
 *
 * @param text as configured
 * @param offsets offset by partition; empty unless offsets were given
 */
public record ReadPosition(String text, Map<Integer, Long> offsets) implements Serializable {

    private static final Pattern OFFSETS = Pattern.compile("\\d+:\\d+(,\\d+:\\d+)*");

    /**
     * Reads a position.
     *
     * @param text as an operator writes it
     * @return the position
     * @throws IllegalArgumentException where the text is none of the forms above
     */
    public static ReadPosition parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("committed")
                || trimmed.equals("earliest")
                || trimmed.equals("latest")
                || isInstant(trimmed)) {
            return new ReadPosition(trimmed, Map.of());
        }
        if (!OFFSETS.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(
                    text
                            + " is not a position: write committed, earliest, latest, an instant such as"
                            + " 2026-01-31T08:00:00Z, or offsets such as 0:1200,1:900");
        }
        return new ReadPosition(trimmed, offsetsOf(trimmed));
    }

    /**
     * {@return offsets as a position}
     *
     * @param offsets by partition
     */
    public static ReadPosition of(Map<Integer, Long> offsets) {
        String text =
                offsets.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(","));
        return new ReadPosition(text, Map.copyOf(offsets));
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Map<Integer, Long> offsetsOf(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            try {
                Integer partition = Integer.valueOf(pair.substring(0, colon));
                Long offset = Long.valueOf(pair.substring(colon + 1));
                if (offsets.put(partition, offset) != null) {
                    throw new IllegalArgumentException(
                            text + " names partition " + partition + " twice: name it once");
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        pair
                                + " is not a position: a partition is below 2^31, an offset below 2^63",
                        e);
            }
        }
        return offsets;
    }

    /** {@return whether it is where the consumer group stands} */
    public boolean isCommitted() {
        return text.equals("committed");
    }

    /** The position for a reader to start from; partitions without an offset start at 0. */
    OffsetsInitializer start(String topic) {
        return initializer(topic, OffsetResetStrategy.EARLIEST);
    }

    /** The position for a reader to stop before; partitions without an offset are read to now. */
    OffsetsInitializer end(String topic) {
        return initializer(topic, OffsetResetStrategy.LATEST);
    }

    private OffsetsInitializer initializer(String topic, OffsetResetStrategy otherwise) {
        if (!offsets.isEmpty()) {
            Map<TopicPartition, Long> byPartition = new HashMap<>();
            offsets.forEach(
                    (partition, offset) ->
                            byPartition.put(new TopicPartition(topic, partition), offset));
            return new ListedOffsets(byPartition, otherwise);
        }
        return switch (text) {
            case "committed" -> new CommittedOffsets(null);
            case "earliest" -> new ListedOffsets(Map.of(), OffsetResetStrategy.EARLIEST);
            case "latest" -> new ListedOffsets(Map.of(), OffsetResetStrategy.LATEST);
            default -> OffsetsInitializer.timestamp(Instant.parse(text).toEpochMilli());
        };
    }
}
