package io.liftstream.mcap;

import java.util.ArrayList;
import java.util.List;

/** Where the messages of one channel lie in a chunk. */
final class MessageIndex {
    private final int channelId;
    private final List<Entry> entries = new ArrayList<>();

    MessageIndex(int channelId) {
        this.channelId = channelId;
    }

    int channelId() {
        return channelId;
    }

    /** A message's log time and its record's offset in the uncompressed chunk. */
    void add(long logTimeNanos, int offset) {
        entries.add(new Entry(logTimeNanos, offset));
    }

    void write(FieldWriter out) {
        out.begin(McapFormat.MESSAGE_INDEX);
        out.u16(channelId);
        out.beginArray();
        for (Entry entry : entries) {
            out.u64(entry.logTimeNanos());
            out.u64(entry.offset());
        }
        out.endArray();
        out.end();
    }

    private record Entry(long logTimeNanos, int offset) {}
}
