package io.liftstream.mcap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A file put together field by field as the specification says, without the writer's code. */
final class RawMcap {
    static final byte[] MAGIC = {(byte) 0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static RawMcap empty() {
        return new RawMcap();
    }

    /** A file's beginning: magic and an empty header. */
    static RawMcap begun() {
        return new RawMcap().bytes(MAGIC).record(0x01, fields -> fields.string("").string(""));
    }

    RawMcap u8(int value) {
        return bytes(new byte[] {(byte) value});
    }

    RawMcap u16(int value) {
        return bytes(buffer(2).putShort((short) value).array());
    }

    RawMcap u32(long value) {
        return bytes(buffer(4).putInt((int) value).array());
    }

    RawMcap u64(long value) {
        return bytes(buffer(8).putLong(value).array());
    }

    RawMcap string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return u32(bytes.length).bytes(bytes);
    }

    RawMcap bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    RawMcap record(int opcode, Fields fields) {
        byte[] content = fields.addTo(new RawMcap()).done();
        return u8(opcode).u64(content.length).bytes(content);
    }

    /** The schema of the conformance vectors: id 1, "Example", encoding "c". */
    RawMcap schema(byte[] padding) {
        return record(
                0x03,
                fields ->
                        fields.u16(1)
                                .string("Example")
                                .string("c")
                                .u32(3)
                                .bytes(new byte[] {4, 5, 6})
                                .bytes(padding));
    }

    /** The channel of the conformance vectors: id 1, topic "example", encoding "a". */
    RawMcap channel(byte[] padding) {
        return record(
                0x04,
                fields ->
                        fields.u16(1)
                                .u16(1)
                                .string("example")
                                .string("a")
                                .u32(14)
                                .string("foo")
                                .string("bar")
                                .bytes(padding));
    }

    /** A message on channel 1 with the data 1, 2, 3. */
    RawMcap message(int sequence, long logTime) {
        return record(
                0x05,
                fields ->
                        fields.u16(1)
                                .u32(sequence)
                                .u64(logTime)
                                .u64(logTime)
                                .bytes(new byte[] {1, 2, 3}));
    }

    /** A chunk of uncompressed records. */
    RawMcap chunk(long start, long end, byte[] records, byte[] padding) {
        return record(
                0x06,
                fields ->
                        fields.u64(start)
                                .u64(end)
                                .u64(records.length)
                                .u32(crc(records))
                                .string("")
                                .u64(records.length)
                                .bytes(records)
                                .bytes(padding));
    }

    /** The end of the data section, then this summary (none where it is empty), and the footer. */
    byte[] ended(byte[] summary) {
        record(0x0f, fields -> fields.u32(0));
        long start = out.size();
        bytes(summary);
        record(0x02, fields -> fields.u64(summary.length == 0 ? 0 : start).u64(0).u32(0));
        return bytes(MAGIC).done();
    }

    int size() {
        return out.size();
    }

    byte[] done() {
        return out.toByteArray();
    }

    static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Adds the fields of a record. */
    @FunctionalInterface
    interface Fields {
        RawMcap addTo(RawMcap record);
    }
}
