package io.liftstream.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is written, to the byte. The hashes are those of the MCAP project's conformance vectors
 * (github.com/foxglove/mcap, tests/conformance) that have all the features that we write: chunks
 * without compression, message index, chunk index, repeated schemas and channels, statistics and
 * summary offsets.
 */
class McapWriterTest {
    private static final byte[] DATA = {1, 2, 3};
    private static final byte[] SCHEMA = {4, 5, 6};

    @Test
    void anEmptyFileIsThatOfTheConformanceVector() throws Exception {
        assertThat(sha256(written(writer -> {})))
                .isEqualTo("78aed9973f50c4ebc30a8eab27453f6e42b2984c4f402d57e002dafdf217b744");
    }

    @Test
    void oneMessageIsThatOfTheConformanceVector() throws Exception {
        assertThat(sha256(written(McapWriterTest::writeOneMessage)))
                .isEqualTo("c2dc0d4ef3f1ee615eccc5753b4c401878865d05fb58c12aa7086c3e5e147165");
    }

    @Test
    void aMessageWithoutSchemaIsThatOfTheConformanceVector() throws Exception {
        byte[] file =
                written(
                        writer -> {
                            int channel = writer.addChannel(0, "example", "text", Map.of());
                            writer.write(new McapMessage(channel, 10, 2, 1, DATA));
                        });

        assertThat(sha256(file))
                .isEqualTo("e9b4aa6f672b611783230a6d642e50dcdf8620ee938226f8e86ca9f22ec64848");
    }

    @Test
    void tenMessagesOutOfOrderAreThoseOfTheConformanceVector() throws Exception {
        long[] times = {0, 2, 1, 3, 3, 5, 4, 7, 8, 9};
        byte[] file =
                written(
                        writer -> {
                            int channel = addExample(writer);
                            for (int i = 0; i < times.length; i++) {
                                writer.write(new McapMessage(channel, i, times[i], times[i], DATA));
                            }
                        });

        assertThat(sha256(file))
                .isEqualTo("813c4eb55e1195e5af9482f60d9b214cd083a8805720ec1663812637d716e4d5");
    }

    @Test
    void everyRecordIsAsTheSpecificationSays() throws Exception {
        byte[] none = {};
        RawMcap records = RawMcap.empty().schema(none).channel(none);
        long messageAt = records.size();
        byte[] chunk =
                records.record(0x05, fields -> fields.u16(1).u32(10).u64(2).u64(1).bytes(DATA))
                        .done();
        RawMcap file = RawMcap.begun();
        long chunkAt = file.size();
        file.chunk(2, 2, chunk, none);
        long indexAt = file.size();
        file.record(0x07, fields -> fields.u16(1).u32(16).u64(2).u64(messageAt));
        long indexEnd = file.size();
        long dataCrc = RawMcap.crc(file.done());
        file.record(0x0f, fields -> fields.u32(dataCrc));
        long schemas = file.size();
        file.schema(none);
        long channels = file.size();
        file.channel(none);
        long statistics = file.size();
        file.record(
                0x0b,
                fields ->
                        fields.u64(1)
                                .u16(1)
                                .u32(1)
                                .u32(0)
                                .u32(0)
                                .u32(1)
                                .u64(2)
                                .u64(2)
                                .u32(10)
                                .u16(1)
                                .u64(1));
        long indexes = file.size();
        file.record(
                0x08,
                fields ->
                        fields.u64(2)
                                .u64(2)
                                .u64(chunkAt)
                                .u64(indexAt - chunkAt)
                                .u32(10)
                                .u16(1)
                                .u64(indexAt)
                                .u64(indexEnd - indexAt)
                                .string("")
                                .u64(chunk.length)
                                .u64(chunk.length));
        long offsets = file.size();
        long[][] groups = {
            {0x03, schemas, channels},
            {0x04, channels, statistics},
            {0x0b, statistics, indexes},
            {0x08, indexes, offsets}
        };
        for (long[] group : groups) {
            file.record(
                    0x0e,
                    fields -> fields.u8((int) group[0]).u64(group[1]).u64(group[2] - group[1]));
        }
        byte[] before = file.done();
        byte[] summary =
                RawMcap.empty()
                        .bytes(Arrays.copyOfRange(before, (int) schemas, before.length))
                        .u8(0x02)
                        .u64(20)
                        .u64(schemas)
                        .u64(offsets)
                        .done();
        file.record(0x02, fields -> fields.u64(schemas).u64(offsets).u32(RawMcap.crc(summary)));

        assertThat(written(McapWriterTest::writeOneMessage))
                .isEqualTo(file.bytes(RawMcap.MAGIC).done());
    }

    @Test
    void whatWasNotAddedIsRefused() throws Exception {
        written(
                writer -> {
                    assertThatThrownBy(() -> writer.addChannel(1, "example", "a", Map.of()))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("schema 1 of channel example was not added");
                    assertThatThrownBy(() -> writer.write(new McapMessage(1, 0, 0, 0, DATA)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("channel 1 was not added");
                });
    }

    @Test
    void aStreamThatFailsIsClosedAllTheSame() throws Exception {
        boolean[] closed = {false};
        OutputStream full =
                new OutputStream() {
                    private int left = 100;

                    @Override
                    public void write(int value) throws IOException {
                        if (left-- == 0) {
                            throw new IOException("no space left");
                        }
                    }

                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
        McapWriter writer = new McapWriter(full, "", McapCompression.NONE);
        writeOneMessage(writer);

        assertThatThrownBy(writer::close).hasMessage("no space left");
        assertThat(closed[0]).isTrue();
        writer.close();
    }

    private static void writeOneMessage(McapWriter writer) throws IOException {
        writer.write(new McapMessage(addExample(writer), 10, 2, 1, DATA));
    }

    private static int addExample(McapWriter writer) {
        int schema = writer.addSchema("Example", "c", SCHEMA);
        return writer.addChannel(schema, "example", "a", Map.of("foo", "bar"));
    }

    private static byte[] written(Content content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (McapWriter writer = new McapWriter(file, "", McapCompression.NONE)) {
            content.writeTo(writer);
        }
        return file.toByteArray();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** What goes into a file. */
    private interface Content {
        void writeTo(McapWriter writer) throws IOException;
    }
}
