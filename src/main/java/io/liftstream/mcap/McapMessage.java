package io.liftstream.mcap;

/**
 * A message of a channel.
 *
 * @param channelId of a channel of the file
 * @param sequence counts the messages of the channel, or 0; 0 to 2^32 - 1
 * @param logTimeNanos its place on the time line, nanoseconds; unsigned
 * @param publishTimeNanos when it was sent, nanoseconds; unsigned
 * @param data the message itself; nobody writes to it
 */
public record McapMessage(
        int channelId, long sequence, long logTimeNanos, long publishTimeNanos, byte[] data) {

    void write(FieldWriter out) {
        out.begin(McapFormat.MESSAGE);
        out.u16(channelId);
        out.u32(sequence);
        out.u64(logTimeNanos);
        out.u64(publishTimeNanos);
        out.bytes(data, 0, data.length);
        out.end();
    }

    static McapMessage read(FieldReader in) throws McapFormatException {
        return new McapMessage(in.u16(), in.u32(), in.u64(), in.u64(), in.bytes(in.remaining()));
    }
}
