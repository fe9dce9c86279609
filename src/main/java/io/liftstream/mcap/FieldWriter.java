package io.liftstream.mcap;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Records and their fields, little-endian, in an array that grows. The JDK's byte buffers do not
 * grow, and its growing streams cannot go back to write a length.
 */
final class FieldWriter {
    private static final VarHandle U16 = view(short[].class);
    private static final VarHandle U32 = view(int[].class);
    private static final VarHandle U64 = view(long[].class);

    private byte[] buffer = new byte[1 << 12];
    private int size;
    private int contentStart;
    private int arrayStart;

    private static VarHandle view(Class<?> elements) {
        return MethodHandles.byteArrayViewVarHandle(elements, ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins a record; {@link #end} follows its fields. */
    void begin(int opcode) {
        u8(opcode);
        u64(0);
        contentStart = size;
    }

    void end() {
        U64.set(buffer, contentStart - Long.BYTES, (long) size - contentStart);
    }

    /** Begins an array or a map; {@link #endArray} follows its elements. */
    void beginArray() {
        u32(0);
        arrayStart = size;
    }

    void endArray() {
        U32.set(buffer, arrayStart - Integer.BYTES, size - arrayStart);
    }

    void u8(int value) {
        int at = grow(1);
        buffer[at] = (byte) value;
    }

    void u16(int value) {
        int at = grow(Short.BYTES);
        U16.set(buffer, at, (short) value);
    }

    void u32(long value) {
        int at = grow(Integer.BYTES);
        U32.set(buffer, at, (int) value);
    }

    void u64(long value) {
        int at = grow(Long.BYTES);
        U64.set(buffer, at, value);
    }

    void string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        u32(bytes.length);
        bytes(bytes, 0, bytes.length);
    }

    void bytes(byte[] source, int offset, int length) {
        int at = grow(length);
        System.arraycopy(source, offset, buffer, at, length);
    }

    private int grow(int more) {
        int at = size;
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            long doubled = Math.min(2L * buffer.length, Integer.MAX_VALUE - 8);
            buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
        }
        size = needed;
        return at;
    }

    int size() {
        return size;
    }

    /** All that was written; valid up to {@link #size} and until the next write. */
    byte[] buffer() {
        return buffer;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(buffer, 0, size);
    }

    void update(CRC32 crc) {
        crc.update(buffer, 0, size);
    }

    void clear() {
        size = 0;
    }
}
