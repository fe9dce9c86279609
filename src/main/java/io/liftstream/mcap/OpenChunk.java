package io.liftstream.mcap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;

/** The messages of a decompressed chunk by log time; before another chunk by its next message. */
final class OpenChunk implements Comparable<OpenChunk> {
    private static final Comparator<Found> BY_TIME =
            (a, b) -> Long.compareUnsigned(a.logTimeNanos(), b.logTimeNanos());

    private final long offset;
    private final byte[] records;
    private final List<Found> found = new ArrayList<>();
    private int taken;

    private OpenChunk(long offset, byte[] records) {
        this.offset = offset;
        this.records = records;
    }

    /**
     * Decompresses a chunk.
     *
     * @param offset of the chunk in the file
     * @param content of the chunk's record
     * @param maxBytes how large it may be after decompression
     * @throws McapFormatException where it is damaged or larger
     */
    static OpenChunk ofChunk(long offset, FieldReader content, long maxBytes) throws IOException {
        content.u64(); // Earliest and
        content.u64(); // latest time: the messages themselves say.
        long size = content.u64();
        long crc = content.u32();
        McapCompression compression = McapCompression.named(content.string());
        byte[] compressed = content.bytes(content.u64());
        if (size < 0 || size > maxBytes) {
            throw new McapFormatException(
                    String.format(
                            Locale.ROOT,
                            "the chunk at %d states %s bytes: at most %d are held, of all chunks"
                                    + " whose times overlap",
                            offset,
                            Long.toUnsignedString(size),
                            RecordFile.MAX_RECORD_BYTES));
        }
        byte[] records = compression.decompress(compressed, (int) size);
        DirectoryReader.requireCrc("the chunk at " + offset, records, crc);
        return new OpenChunk(offset, records);
    }

    /** A message outside of chunks: its record, with opcode and length. */
    static OpenChunk ofMessage(long offset, byte[] record) {
        return new OpenChunk(offset, record);
    }

    /** Finds the messages of wanted times; the directory gets what describes them. */
    void find(Directory directory, LongPredicate wanted) throws McapFormatException {
        FieldReader in = new FieldReader(records);
        while (in.remaining() > 0) {
            int opcode = in.u8();
            long length = in.u64();
            int start = in.position();
            FieldReader content = in.slice(length);
            if (opcode == McapFormat.MESSAGE) {
                Found message = Found.at(start, (int) length, content);
                if (wanted.test(message.logTimeNanos())) {
                    found.add(message);
                }
            } else if (opcode == McapFormat.SCHEMA || opcode == McapFormat.CHANNEL) {
                directory.take(opcode, content);
            }
        }
        found.sort(BY_TIME);
    }

    boolean hasNext() {
        return taken < found.size();
    }

    long nextTime() {
        return found.get(taken).logTimeNanos();
    }

    McapMessage take() throws McapFormatException {
        Found message = found.get(taken++);
        FieldReader in = new FieldReader(records);
        in.slice(message.start());
        return McapMessage.read(in.slice(message.length()));
    }

    /** Memory that the chunk takes, bytes. */
    long bytes() {
        return records.length;
    }

    @Override
    public int compareTo(OpenChunk other) {
        int byTime = Long.compareUnsigned(nextTime(), other.nextTime());
        return byTime != 0 ? byTime : Long.compare(offset, other.offset);
    }

    /** Where a message is within the chunk. */
    private record Found(long logTimeNanos, int start, int length) {

        static Found at(int start, int length, FieldReader content) throws McapFormatException {
            content.slice(McapFormat.MESSAGE_HEADER_BYTES - 2 * Long.BYTES);
            long time = content.u64();
            content.u64();
            return new Found(time, start, length);
        }
    }
}
