package io.liftstream.input;

import io.liftstream.frame.Provenance;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A record of the frames topic.
 *
 * @param key null where it has none
 * @param value null for a tombstone; nobody writes to it
 * @param headers the last value of a header by its name; null where there is none
 * @param provenance where it was read
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared as a record.
public record FrameRecord(
        byte[] key, byte[] value, Function<String, byte[]> headers, Provenance provenance) {

    /** The value, empty for a tombstone. */
    byte[] payload() {
        return value == null ? new byte[0] : value;
    }

    /** The key as text; null where it is absent or empty. */
    String keyText() {
        return text(key);
    }

    /** A header as text; null where it is absent or empty. */
    String header(String name) {
        return text(headers.apply(name));
    }

    /** What is no UTF-8 gets a replacement character, and so can be no camera's id. */
    private static String text(byte[] bytes) {
        return bytes == null || bytes.length == 0
                ? null
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
