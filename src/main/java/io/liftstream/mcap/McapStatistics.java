package io.liftstream.mcap;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a file.
 *
 * @param messageCount messages
 * @param schemaCount schemas
 * @param channelCount channels
 * @param attachmentCount attachments
 * @param metadataCount metadata records
 * @param chunkCount chunks
 * @param startNanos earliest log time; 0 without messages
 * @param endNanos latest log time; 0 without messages
 * @param channelMessageCounts messages by channel id; empty where the writer did not count them
 */
public record McapStatistics(
        long messageCount,
        int schemaCount,
        long channelCount,
        long attachmentCount,
        long metadataCount,
        long chunkCount,
        long startNanos,
        long endNanos,
        SortedMap<Integer, Long> channelMessageCounts) {

    void write(FieldWriter out) {
        out.begin(McapFormat.STATISTICS);
        out.u64(messageCount);
        out.u16(schemaCount);
        out.u32(channelCount);
        out.u32(attachmentCount);
        out.u32(metadataCount);
        out.u32(chunkCount);
        out.u64(startNanos);
        out.u64(endNanos);
        out.beginArray();
        for (Map.Entry<Integer, Long> channel : channelMessageCounts.entrySet()) {
            out.u16(channel.getKey());
            out.u64(channel.getValue());
        }
        out.endArray();
        out.end();
    }

    static McapStatistics read(FieldReader in) throws McapFormatException {
        return new McapStatistics(
                in.u64(),
                in.u16(),
                in.u32(),
                in.u32(),
                in.u32(),
                in.u32(),
                in.u64(),
                in.u64(),
                counts(in.array()));
    }

    private static SortedMap<Integer, Long> counts(FieldReader in) throws McapFormatException {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        while (in.remaining() > 0) {
            counts.put(in.u16(), in.u64());
        }
        return counts;
    }
}
