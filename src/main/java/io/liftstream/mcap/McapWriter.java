package io.liftstream.mcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Writes an MCAP file: messages in compressed chunks, each with CRC and message index, then a
 * summary with schemas, channels, statistics and chunk index. The file is whole once {@link #close}
 * has returned; before that, all chunks but the current one are there for tools that recover files.
 *
 * <p>Memory: the current chunk, and about 100 bytes for each chunk written. Not thread-safe.
 */
public final class McapWriter implements Closeable {
    /** A chunk ends with the message that brings it to this size, bytes before compression. */
    public static final int CHUNK_BYTES = 4 << 20;

    private static final int MAX_ID = 0xffff;

    private final OutputStream out;
    private final ChunkWriter chunk;
    private final FieldWriter records = new FieldWriter();
    private final CRC32 dataCrc = new CRC32();
    private final List<McapSchema> schemas = new ArrayList<>();
    private final List<McapChannel> channels = new ArrayList<>();
    private final List<ChunkIndex> chunks = new ArrayList<>();
    private final SortedMap<Integer, Long> messageCounts = new TreeMap<>();
    private TimeRange times = TimeRange.EMPTY;
    private long written;
    private boolean closed;

    /**
     * Begins a file.
     *
     * @param out gets the file; closed by {@link #close}
     * @param library who writes it, for people who wonder; any text
     * @param compression of the chunks
     * @throws IOException where {@code out} fails
     */
    public McapWriter(OutputStream out, String library, McapCompression compression)
            throws IOException {
        this.out = out;
        this.chunk = new ChunkWriter(compression);
        byte[] magic = McapFormat.magic();
        records.bytes(magic, 0, magic.length);
        records.begin(McapFormat.HEADER);
        records.string(""); // No profile.
        records.string(library);
        records.end();
        writeData();
    }

    /**
     * Adds a schema.
     *
     * @param name such as {@code foxglove.PointCloud}
     * @param encoding of {@code data}, such as {@code protobuf}
     * @param data the schema itself; nobody writes to it afterwards
     * @return its id
     * @throws IllegalStateException for more than 65535 schemas
     */
    public int addSchema(String name, String encoding, byte[] data) {
        McapSchema schema = new McapSchema(nextId("schemas", schemas.size()), name, encoding, data);
        schemas.add(schema);
        chunk.add(schema);
        return schema.id();
    }

    /**
     * Adds a channel.
     *
     * @param schemaId what {@link #addSchema} returned, or 0 for none
     * @param topic of its messages
     * @param messageEncoding how its messages are encoded, such as {@code protobuf}
     * @param metadata about the channel
     * @return its id
     * @throws IllegalArgumentException for a schema that was not added
     * @throws IllegalStateException for more than 65535 channels
     */
    public int addChannel(
            int schemaId, String topic, String messageEncoding, Map<String, String> metadata) {
        if (schemaId < 0 || schemaId > schemas.size()) {
            throw new IllegalArgumentException(
                    "schema " + schemaId + " of channel " + topic + " was not added");
        }
        int id = nextId("channels", channels.size());
        McapChannel channel = new McapChannel(id, schemaId, topic, messageEncoding, metadata);
        channels.add(channel);
        chunk.add(channel);
        messageCounts.put(id, 0L);
        return id;
    }

    private static int nextId(String what, int count) {
        if (count == MAX_ID) {
            throw new IllegalStateException("an MCAP file holds at most " + MAX_ID + " " + what);
        }
        return count + 1;
    }

    /**
     * Adds a message, in any order of time.
     *
     * @param message of a channel that was added
     * @throws IllegalArgumentException for a channel that was not
     * @throws IOException where the file cannot be written
     */
    public void write(McapMessage message) throws IOException {
        if (!messageCounts.containsKey(message.channelId())) {
            throw new IllegalArgumentException("channel " + message.channelId() + " was not added");
        }
        chunk.add(message);
        messageCounts.merge(message.channelId(), 1L, Long::sum);
        times = times.with(message.logTimeNanos());
        if (chunk.size() >= CHUNK_BYTES) {
            endChunk();
        }
    }

    private void endChunk() throws IOException {
        chunks.add(chunk.writeTo(records, written));
        writeData();
    }

    private void writeData() throws IOException {
        records.update(dataCrc);
        writeRecords();
    }

    private void writeRecords() throws IOException {
        records.writeTo(out);
        written += records.size();
        records.clear();
    }

    /** Ends the last chunk, writes the summary and closes the stream. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (chunk.size() > 0) {
                endChunk();
            }
            records.begin(McapFormat.DATA_END);
            records.u32(dataCrc.getValue());
            records.end();
            writeRecords();
            writeSummary();
        }
    }

    /** Records of a kind lie together; a summary offset says where each kind begins. */
    private void writeSummary() throws IOException {
        List<Group> groups = new ArrayList<>();
        addGroup(groups, McapFormat.SCHEMA, to -> schemas.forEach(schema -> schema.write(to)));
        addGroup(groups, McapFormat.CHANNEL, to -> channels.forEach(channel -> channel.write(to)));
        addGroup(groups, McapFormat.STATISTICS, statistics()::write);
        addGroup(groups, McapFormat.CHUNK_INDEX, to -> chunks.forEach(index -> index.write(to)));
        long summaryOffsets = written + records.size();
        for (Group group : groups) {
            records.begin(McapFormat.SUMMARY_OFFSET);
            records.u8(group.opcode());
            records.u64(group.start());
            records.u64(group.length());
            records.end();
        }
        // The sum covers the footer's own length, so that is written before the fields.
        records.u8(McapFormat.FOOTER);
        records.u64(McapFormat.FOOTER_BYTES);
        records.u64(written);
        records.u64(summaryOffsets);
        CRC32 crc = new CRC32();
        records.update(crc);
        records.u32(crc.getValue());
        byte[] magic = McapFormat.magic();
        records.bytes(magic, 0, magic.length);
        writeRecords();
    }

    private void addGroup(List<Group> groups, int opcode, Consumer<FieldWriter> content) {
        int before = records.size();
        content.accept(records);
        if (records.size() > before) {
            groups.add(new Group(opcode, written + before, (long) records.size() - before));
        }
    }

    private McapStatistics statistics() {
        return new McapStatistics(
                times.count(),
                schemas.size(),
                channels.size(),
                0,
                0,
                chunks.size(),
                times.start(),
                times.end(),
                messageCounts);
    }

    private record Group(int opcode, long start, long length) {}
}
