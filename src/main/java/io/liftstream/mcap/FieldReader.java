package io.liftstream.mcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields of a record, little-endian; one that would go beyond the record is refused. */
final class FieldReader {
    private final ByteBuffer in;

    FieldReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private FieldReader(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    int remaining() {
        return in.remaining();
    }

    int position() {
        return in.position();
    }

    int u8() throws McapFormatException {
        require(1);
        return in.get() & 0xff;
    }

    int u16() throws McapFormatException {
        require(Short.BYTES);
        return in.getShort() & 0xffff;
    }

    long u32() throws McapFormatException {
        require(Integer.BYTES);
        return in.getInt() & 0xffffffffL;
    }

    /** Negative from 2^63 on. */
    long u64() throws McapFormatException {
        require(Long.BYTES);
        return in.getLong();
    }

    byte[] bytes(long length) throws McapFormatException {
        require(length);
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    String string() throws McapFormatException {
        byte[] bytes = bytes(u32());
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new McapFormatException("a string is not UTF-8", e);
        }
    }

    /** The elements of an array or a map, behind their length. */
    FieldReader array() throws McapFormatException {
        return slice(u32());
    }

    /** The next bytes as a reader of their own. */
    FieldReader slice(long length) throws McapFormatException {
        require(length);
        ByteBuffer part = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return new FieldReader(part);
    }

    Map<String, String> strings() throws McapFormatException {
        Map<String, String> strings = new LinkedHashMap<>();
        FieldReader entries = array();
        while (entries.remaining() > 0) {
            strings.put(entries.string(), entries.string());
        }
        return strings;
    }

    private void require(long length) throws McapFormatException {
        if (length < 0 || length > in.remaining()) {
            throw new McapFormatException(
                    "a field of "
                            + Long.toUnsignedString(length)
                            + " bytes where "
                            + in.remaining()
                            + " are left");
        }
    }
}
