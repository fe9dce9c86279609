package io.liftstream.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are damaged, or made to do harm: refused with one line, and little memory. */
class HostileMcapTest {
    private static final byte[] NONE = {};

    @TempDir private Path folder;

    @Test
    void whatIsNoMcapFileIsRefused() {
        refuses(NONE, "begins with other bytes");
        refuses("not a recording".getBytes(StandardCharsets.UTF_8), "begins with other bytes");
        refuses(RawMcap.MAGIC, "does not end as an MCAP file does");
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() throws Exception {
        byte[] whole = written(McapCompression.ZSTD, new byte[100]);
        for (int length = 8; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length), "does not end as an MCAP file does");
        }
    }

    @Test
    void aBitThatFlipsIsNeverReadAsAnotherMessage() throws Exception {
        byte[] data = new byte[60];
        new Random(1).nextBytes(data);
        byte[] whole = written(McapCompression.ZSTD, data);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            try {
                byte[] read = read(damaged);
                // Outside of what sums cover: header, message index, data end.
                assertThat(read).as("byte %d", at).isEqualTo(data);
            } catch (McapFormatException e) {
                // Refused.
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedChunkIsRefused(McapCompression compression) throws Exception {
        byte[] whole = written(compression, new byte[1000]);
        int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf("Example");
        byte[] damaged = whole.clone();
        damaged[name + 3] ^= 0x20;

        assertThatThrownBy(() -> read(damaged)).isInstanceOf(McapFormatException.class);
    }

    @Test
    void aWrongSumIsNamed() throws Exception {
        byte[] records = RawMcap.empty().schema(NONE).channel(NONE).message(0, 1).done();
        RawMcap file = RawMcap.begun();
        file.record(
                0x06,
                fields ->
                        fields.u64(1)
                                .u64(1)
                                .u64(records.length)
                                .u32(7)
                                .string("")
                                .u64(records.length)
                                .bytes(records));

        refuses(file.ended(NONE), "the chunk at 25 is damaged: its CRC is");
        byte[] whole = written(McapCompression.NONE, new byte[10]);
        whole[whole.length - 9] ^= 1;
        refuses(whole, "the summary is damaged: its CRC is");
    }

    @Test
    void aChunkThatStatesMoreThanItHoldsTakesNoMemory() {
        for (long stated : new long[] {-1, Long.MAX_VALUE, Integer.MAX_VALUE, (128 << 20) + 1}) {
            refuses(chunk(stated, "", NONE), "states " + Long.toUnsignedString(stated) + " bytes");
        }
        refuses(chunk(5, "", NONE), "not of the 5 bytes that it states");
        refuses(chunk(5, "zstd", new byte[] {1, 2, 3}), "zstd data are damaged");
        refuses(chunk(5, "lz4", new byte[] {1, 2, 3}), "");
        refuses(chunk(5, "brotli", NONE), "compression is \"brotli\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void aChunkThatHoldsMoreThanItStatesIsNotUnpackedFurther(McapCompression compression)
            throws Exception {
        byte[] bomb = compression.compress(new byte[64 << 20], 64 << 20);

        assertThatThrownBy(() -> compression.decompress(bomb, 100))
                .isInstanceOf(McapFormatException.class);
    }

    @Test
    void aChunkThatIsAnotherWhenItIsReadAgainIsRefused() throws Exception {
        FieldWriter message = new FieldWriter();
        new McapMessage(1, 0, 7, 7, NONE).write(message);
        byte[] records = Arrays.copyOf(message.buffer(), message.size());
        OpenChunk chunk = new OpenChunk(25);
        chunk.hold(records, new Directory(), time -> true);
        chunk.letGo();

        assertThat(chunk.nextTime()).isEqualTo(7);
        assertThatThrownBy(() -> chunk.hold(NONE, new Directory(), time -> true))
                .isInstanceOf(McapFormatException.class)
                .hasMessage("the chunk at 25 was changed while the file was read");
    }

    private static byte[] chunk(long uncompressed, String compression, byte[] records) {
        return RawMcap.begun()
                .record(
                        0x06,
                        fields ->
                                fields.u64(1)
                                        .u64(1)
                                        .u64(uncompressed)
                                        .u32(0)
                                        .string(compression)
                                        .u64(records.length)
                                        .bytes(records))
                .ended(NONE);
    }

    @Test
    void lengthsBeyondTheFileAreRefused() {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1 << 20}) {
            refuses(
                    RawMcap.begun().u8(0x05).u64(length).ended(NONE),
                    "states " + Long.toUnsignedString(length) + " bytes: the file ends before");
        }
        refuses(
                RawMcap.begun().record(0x03, fields -> fields.u16(1).u32(0xffffffffL)).ended(NONE),
                "a field of 4294967295 bytes where 0 are left");
    }

    @Test
    void aFooterThatPointsElsewhereIsRefused() {
        for (long start : new long[] {-1, 1, Long.MAX_VALUE, 1 << 20}) {
            RawMcap file = RawMcap.begun();
            file.record(0x02, fields -> fields.u64(start).u64(0).u32(0));
            refuses(file.bytes(RawMcap.MAGIC).done(), "that is not in the file");
        }
    }

    @Test
    void anIndexThatPointsElsewhereIsRefused() {
        refuses(indexed(new long[] {9}, NONE), "");
        refuses(indexed(new long[] {8}, NONE), "there is none");
        refuses(indexed(new long[] {Long.MAX_VALUE}, NONE), "are not in the file");
        refuses(indexed(new long[] {25, 25}, NONE), "twice");
    }

    private static byte[] indexed(long[] offsets, byte[] records) {
        RawMcap file = RawMcap.begun().chunk(0, 9, records, NONE);
        RawMcap summary = RawMcap.empty();
        for (long offset : offsets) {
            summary.record(
                    0x08,
                    fields ->
                            fields.u64(0)
                                    .u64(9)
                                    .u64(offset)
                                    .u64(0)
                                    .u32(0)
                                    .u64(0)
                                    .string("")
                                    .u64(0)
                                    .u64(0));
        }
        return file.ended(summary.done());
    }

    @Test
    void contradictionsAreRefused() {
        RawMcap file = RawMcap.begun().schema(NONE);
        file.record(0x03, fields -> fields.u16(1).string("Other").string("c").u32(0));
        refuses(file.ended(NONE), "schema 1 is there in two versions");
        RawMcap channels = RawMcap.begun().channel(NONE);
        channels.record(0x04, fields -> fields.u16(1).u16(1).string("other").string("a").u32(0));
        refuses(channels.ended(NONE), "channel 1 is there in two versions");
        refuses(RawMcap.begun().message(0, 1).ended(NONE), "which no record describes");
    }

    @Test
    void aStringThatIsNoTextIsRefused() {
        RawMcap file = RawMcap.begun();
        file.record(0x04, fields -> fields.u16(1).u16(0).u32(1).bytes(new byte[] {(byte) 0xff}));
        refuses(file.ended(NONE), "a string is not UTF-8");
    }

    @Test
    void anyBytesBetweenTheMagicsAreReadOrRefused() {
        Random random = new Random(9);
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] file = RawMcap.begun().bytes(noise).ended(noise);
            assertThatCode(
                            () -> {
                                try {
                                    read(file);
                                } catch (IOException e) {
                                    return; // Refused.
                                }
                            })
                    .doesNotThrowAnyException();
        }
    }

    private void refuses(byte[] file, String why) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    /** The data of the last message. */
    private byte[] read(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("hostile.mcap"), file);
        byte[] last = NONE;
        try (McapReader reader = McapReader.open(path)) {
            McapMessages messages = reader.messages();
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                last = next.get().data();
            }
        }
        return last;
    }

    private static byte[] written(McapCompression compression, byte[] data) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (McapWriter writer = new McapWriter(file, "", compression)) {
            int schema = writer.addSchema("Example", "c", new byte[] {4, 5, 6});
            int channel = writer.addChannel(schema, "example", "a", Map.of());
            writer.write(new McapMessage(channel, 1, 2, 3, data));
        }
        return file.toByteArray();
    }
}
