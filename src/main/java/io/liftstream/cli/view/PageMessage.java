package io.liftstream.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame on its way to the page: uint32 length of the header, little-endian; the header, a JSON
 * object with the facts and {@code parts}, the length of each part by name; then the parts.
 */
final class PageMessage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode header = JSON.createObjectNode();
    private final ObjectNode lengths = header.putObject("parts");
    private final List<byte[]> parts = new ArrayList<>();

    /** What the page writes beside the pictures; for facts. */
    ObjectNode facts() {
        return header;
    }

    /** Adds a part; null is none. */
    void add(String name, byte[] part) {
        if (part != null) {
            lengths.put(name, part.length);
            parts.add(part);
        }
    }

    byte[] bytes() {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(header);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
        int length = Integer.BYTES + json.length + parts.stream().mapToInt(p -> p.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        out.writeBytes(
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(json.length)
                        .array());
        out.writeBytes(json);
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
