package io.liftstream.mcap;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a chunk is and what times it holds.
 *
 * @param startNanos earliest log time in it
 * @param endNanos latest log time in it
 * @param offset of its record in the file
 * @param length of its record with opcode and length, bytes
 * @param messageIndexOffsets of the message index records behind it, by channel id
 * @param messageIndexLength of all of those, bytes
 * @param compression its name
 * @param compressedSize of its records, bytes
 * @param uncompressedSize of its records, bytes
 */
record ChunkIndex(
        long startNanos,
        long endNanos,
        long offset,
        long length,
        SortedMap<Integer, Long> messageIndexOffsets,
        long messageIndexLength,
        String compression,
        long compressedSize,
        long uncompressedSize) {

    void write(FieldWriter out) {
        out.begin(McapFormat.CHUNK_INDEX);
        out.u64(startNanos);
        out.u64(endNanos);
        out.u64(offset);
        out.u64(length);
        out.beginArray();
        for (Map.Entry<Integer, Long> index : messageIndexOffsets.entrySet()) {
            out.u16(index.getKey());
            out.u64(index.getValue());
        }
        out.endArray();
        out.u64(messageIndexLength);
        out.string(compression);
        out.u64(compressedSize);
        out.u64(uncompressedSize);
        out.end();
    }

    static ChunkIndex read(FieldReader in) throws McapFormatException {
        return new ChunkIndex(
                in.u64(),
                in.u64(),
                in.u64(),
                in.u64(),
                offsets(in.array()),
                in.u64(),
                in.string(),
                in.u64(),
                in.u64());
    }

    private static SortedMap<Integer, Long> offsets(FieldReader in) throws McapFormatException {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        while (in.remaining() > 0) {
            offsets.put(in.u16(), in.u64());
        }
        return offsets;
    }
}
