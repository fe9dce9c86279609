package io.liftstream.mcap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stream of messages of one kind.
 *
 * @param id 0 to 65535, unique in the file
 * @param schemaId of the schema of its messages; 0 for none
 * @param topic such as {@code /gate/points}; two channels may share one
 * @param messageEncoding how messages are encoded, such as {@code protobuf}
 * @param metadata about the channel
 */
public record McapChannel(
        int id, int schemaId, String topic, String messageEncoding, Map<String, String> metadata) {

    /**
     * Keeps a copy of the metadata, in its order.
     *
     * @param id 0 to 65535, unique in the file
     * @param schemaId of the schema of its messages; 0 for none
     * @param topic of the messages
     * @param messageEncoding how messages are encoded
     * @param metadata about the channel
     */
    public McapChannel {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    void write(FieldWriter out) {
        out.begin(McapFormat.CHANNEL);
        out.u16(id);
        out.u16(schemaId);
        out.string(topic);
        out.string(messageEncoding);
        out.beginArray();
        metadata.forEach(
                (key, value) -> {
                    out.string(key);
                    out.string(value);
                });
        out.endArray();
        out.end();
    }

    static McapChannel read(FieldReader in) throws McapFormatException {
        return new McapChannel(in.u16(), in.u16(), in.string(), in.string(), in.strings());
    }
}
