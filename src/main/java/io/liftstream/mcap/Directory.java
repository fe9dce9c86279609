package io.liftstream.mcap;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a file without its messages: schemas, channels, and where messages lie. */
final class Directory {

    /** Chunks, and messages outside of chunks: about 100 bytes of memory each. */
    private static final int MAX_STRETCHES = 1_000_000;

    private final Map<Integer, McapSchema> schemas = new TreeMap<>();
    private final Map<Integer, McapChannel> channels = new TreeMap<>();
    private final Map<Long, Stretch> stretches = new TreeMap<>();
    private McapStatistics statistics;

    /** Takes what a record says; one of another kind is passed over. */
    void take(int opcode, FieldReader content) throws McapFormatException {
        switch (opcode) {
            case McapFormat.SCHEMA -> take(McapSchema.read(content));
            case McapFormat.CHANNEL -> take(McapChannel.read(content));
            case McapFormat.STATISTICS -> statistics = McapStatistics.read(content);
            case McapFormat.CHUNK_INDEX -> {
                ChunkIndex index = ChunkIndex.read(content);
                take(new Stretch(index.startNanos(), index.endNanos(), index.offset()));
            }
            default -> {}
        }
    }

    void take(Stretch stretch) throws McapFormatException {
        if (stretches.size() == MAX_STRETCHES) {
            throw new McapFormatException(
                    "the file has more than "
                            + MAX_STRETCHES
                            + " chunks and messages outside of chunks: write it again with larger"
                            + " chunks");
        }
        if (stretches.put(stretch.offset(), stretch) != null) {
            throw new McapFormatException(
                    "the index has the chunk at " + stretch.offset() + " twice");
        }
    }

    private void take(McapSchema schema) throws McapFormatException {
        McapSchema before = schemas.putIfAbsent(schema.id(), schema);
        if (before != null
                && !(before.name().equals(schema.name())
                        && before.encoding().equals(schema.encoding())
                        && Arrays.equals(before.data(), schema.data()))) {
            throw new McapFormatException("schema " + schema.id() + " is there in two versions");
        }
    }

    private void take(McapChannel channel) throws McapFormatException {
        McapChannel before = channels.putIfAbsent(channel.id(), channel);
        if (before != null && !before.equals(channel)) {
            throw new McapFormatException("channel " + channel.id() + " is there in two versions");
        }
    }

    Map<Integer, McapSchema> schemas() {
        return Collections.unmodifiableMap(schemas);
    }

    Map<Integer, McapChannel> channels() {
        return Collections.unmodifiableMap(channels);
    }

    /** Null where the file has none. */
    McapStatistics statistics() {
        return statistics;
    }

    /** Chunks, and messages outside of chunks. */
    Collection<Stretch> stretches() {
        return stretches.values();
    }

    /**
     * A chunk, or a message outside of chunks.
     *
     * @param startNanos earliest log time in it, unsigned
     * @param endNanos latest log time in it, unsigned
     * @param offset of its record in the file
     */
    record Stretch(long startNanos, long endNanos, long offset) {}
}
