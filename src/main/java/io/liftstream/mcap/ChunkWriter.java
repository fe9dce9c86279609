package io.liftstream.mcap;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Collects the records of one chunk after the other. */
final class ChunkWriter {
    private final McapCompression compression;
    private final FieldWriter records = new FieldWriter();
    private final SortedMap<Integer, MessageIndex> indexes = new TreeMap<>();
    private TimeRange times = TimeRange.EMPTY;

    ChunkWriter(McapCompression compression) {
        this.compression = compression;
    }

    void add(McapSchema schema) {
        schema.write(records);
    }

    void add(McapChannel channel) {
        channel.write(records);
    }

    void add(McapMessage message) {
        indexes.computeIfAbsent(message.channelId(), MessageIndex::new)
                .add(message.logTimeNanos(), records.size());
        times = times.with(message.logTimeNanos());
        message.write(records);
    }

    /** Bytes collected, before compression. */
    int size() {
        return records.size();
    }

    /**
     * Writes what was collected as a chunk with its message indexes, and begins the next one.
     *
     * @param out empty; gets the records
     * @param offset in the file of what is in {@code out}
     * @return where the chunk will be
     */
    ChunkIndex writeTo(FieldWriter out, long offset) throws IOException {
        byte[] compressed = compression.compress(records.buffer(), records.size());
        CRC32 crc = new CRC32();
        records.update(crc);
        out.begin(McapFormat.CHUNK);
        out.u64(times.start());
        out.u64(times.end());
        out.u64(records.size());
        out.u32(crc.getValue());
        out.string(compression.wireName());
        out.u64(compressed.length);
        out.bytes(compressed, 0, compressed.length);
        out.end();
        int length = out.size();
        SortedMap<Integer, Long> indexOffsets = new TreeMap<>();
        for (MessageIndex index : indexes.values()) {
            indexOffsets.put(index.channelId(), offset + out.size());
            index.write(out);
        }
        ChunkIndex written =
                new ChunkIndex(
                        times.start(),
                        times.end(),
                        offset,
                        length,
                        indexOffsets,
                        out.size() - length,
                        compression.wireName(),
                        compressed.length,
                        records.size());
        records.clear();
        indexes.clear();
        times = TimeRange.EMPTY;
        return written;
    }
}
