package io.liftstream.mcap;

import java.io.IOException;
import java.util.Locale;

/**
 * A chunk as it is in the file.
 *
 * @param offset of the chunk in the file
 * @param size of its records after decompression, bytes
 * @param crc of its records; 0 where none is stated
 * @param compression of its records
 * @param compressed its records
 */
record PackedChunk(
        long offset, int size, long crc, McapCompression compression, byte[] compressed) {

    /**
     * Reads a chunk's record.
     *
     * @throws McapFormatException where it is damaged, or larger than is unpacked
     */
    static PackedChunk read(long offset, FieldReader content) throws McapFormatException {
        content.u64(); // Earliest and
        content.u64(); // latest time: the messages themselves say.
        long size = content.u64();
        long crc = content.u32();
        McapCompression compression = McapCompression.named(content.string());
        byte[] compressed = content.bytes(content.u64());
        if (size < 0 || size > RecordFile.MAX_RECORD_BYTES) {
            throw new McapFormatException(
                    String.format(
                            Locale.ROOT,
                            "the chunk at %d states %s bytes: at most %d are unpacked",
                            offset,
                            Long.toUnsignedString(size),
                            RecordFile.MAX_RECORD_BYTES));
        }
        return new PackedChunk(offset, (int) size, crc, compression, compressed);
    }

    /** A message outside of chunks: its record, with opcode and length. */
    static PackedChunk ofMessage(long offset, byte[] record) {
        return new PackedChunk(offset, record.length, 0, McapCompression.NONE, record);
    }

    /** Its records. */
    byte[] unpack() throws IOException {
        byte[] records = compression.decompress(compressed, size);
        DirectoryReader.requireCrc("the chunk at " + offset, records, crc);
        return records;
    }
}
