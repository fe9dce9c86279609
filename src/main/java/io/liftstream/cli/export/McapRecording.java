package io.liftstream.cli.export;

import io.liftstream.files.FileOutput;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FoxgloveSchema;
import io.liftstream.mcap.McapCompression;
import io.liftstream.mcap.McapMessage;
import io.liftstream.mcap.McapWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Messages for viewers in an MCAP file; topics become channels as they come. */
final class McapRecording implements Closeable {
    private final McapWriter writer;
    private final Map<FoxgloveSchema, Integer> schemas = new EnumMap<>(FoxgloveSchema.class);
    private final SortedMap<String, Integer> channels = new TreeMap<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private long latestNanos;

    private McapRecording(McapWriter writer) {
        this.writer = writer;
    }

    /**
     * Begins a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException where there is one: it may be the only
     *     recording of its time
     */
    static McapRecording create(Path file) throws IOException {
        return new McapRecording(
                new McapWriter(
                        FileOutput.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        "liftstream",
                        McapCompression.ZSTD));
    }

    /**
     * Adds a message.
     *
     * @param publishTimeNanos when the broker got what the message tells of, nanoseconds since 1970
     */
    void write(FoxgloveMessage message, long publishTimeNanos) throws IOException {
        int channel = channels.computeIfAbsent(message.topic(), topic -> channel(message));
        long sequence = counts.merge(message.topic(), 1L, Long::sum) - 1;
        latestNanos = Math.max(latestNanos, message.timeNanos());
        writer.write(
                new McapMessage(
                        channel, sequence, message.timeNanos(), publishTimeNanos, message.data()));
    }

    private int channel(FoxgloveMessage message) {
        int schema = schemas.computeIfAbsent(message.schema(), this::schema);
        return writer.addChannel(schema, message.topic(), FoxgloveSchema.ENCODING, Map.of());
    }

    private int schema(FoxgloveSchema schema) {
        return writer.addSchema(schema.fullName(), FoxgloveSchema.ENCODING, schema.descriptorSet());
    }

    /** The latest log time so far, nanoseconds since 1970; 0 without messages. */
    long latestNanos() {
        return latestNanos;
    }

    /** Messages by topic. */
    SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
