package io.liftstream.mcap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The messages of a chunk by log time; before another chunk by its next message. Its records can be
 * let go and held again: where it has got to is kept.
 */
final class OpenChunk implements Comparable<OpenChunk> {
    private static final Comparator<Found> BY_TIME =
            (a, b) -> Long.compareUnsigned(a.logTimeNanos(), b.logTimeNanos());

    private static final int UNKNOWN = -1;

    private final long offset;
    private byte[] records;
    private List<Found> found;
    private int count = UNKNOWN;
    private int taken;
    private long nextTime;

    /** A chunk whose records are still to be held. */
    OpenChunk(long offset) {
        this.offset = offset;
    }

    long offset() {
        return offset;
    }

    /**
     * Finds the messages of wanted times; the directory gets what describes them.
     *
     * @param unpacked the chunk's records, which nobody writes to
     * @throws McapFormatException where they are damaged, or others than those held before
     */
    void hold(byte[] unpacked, Directory directory, LongPredicate wanted)
            throws McapFormatException {
        records = unpacked;
        found = find(directory, wanted);
        if (count != UNKNOWN && count != found.size()) {
            throw new McapFormatException(
                    "the chunk at " + offset + " was changed while the file was read");
        }
        count = found.size();
        updateNextTime();
    }

    private List<Found> find(Directory directory, LongPredicate wanted) throws McapFormatException {
        List<Found> messages = new ArrayList<>();
        FieldReader in = new FieldReader(records);
        while (in.remaining() > 0) {
            int opcode = in.u8();
            long length = in.u64();
            int start = in.position();
            FieldReader content = in.slice(length);
            if (opcode == McapFormat.MESSAGE) {
                Found message = Found.at(start, (int) length, content);
                if (wanted.test(message.logTimeNanos())) {
                    messages.add(message);
                }
            } else if (opcode == McapFormat.SCHEMA || opcode == McapFormat.CHANNEL) {
                directory.take(opcode, content);
            }
        }
        messages.sort(BY_TIME);
        return messages;
    }

    private void updateNextTime() {
        if (hasNext()) {
            nextTime = found.get(taken).logTimeNanos();
        }
    }

    /** Gives the memory back; the next message's time stays known. */
    void letGo() {
        records = null;
        found = null;
    }

    boolean isHeld() {
        return records != null;
    }

    /** Bytes of the records that are held. */
    long heldBytes() {
        return isHeld() ? records.length : 0;
    }

    boolean hasNext() {
        return taken < count;
    }

    long nextTime() {
        return nextTime;
    }

    /** The next message of a chunk that is held. */
    McapMessage take() throws McapFormatException {
        Found message = found.get(taken++);
        updateNextTime();
        FieldReader in = new FieldReader(records);
        in.slice(message.start());
        return McapMessage.read(in.slice(message.length()));
    }

    @Override
    public int compareTo(OpenChunk other) {
        int byTime = Long.compareUnsigned(nextTime, other.nextTime);
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
