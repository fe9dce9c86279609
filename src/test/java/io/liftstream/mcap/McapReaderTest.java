package io.liftstream.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class McapReaderTest {
    private static final byte[] NONE = {};
    private static final long[] TEN_TIMES = {0, 2, 1, 3, 3, 5, 4, 7, 8, 9};
    private static final List<Long> TEN_SEQUENCES = List.of(0L, 2L, 1L, 3L, 4L, 6L, 5L, 7L, 8L, 9L);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(McapCompression compression) throws Exception {
        Random random = new Random(5);
        List<McapMessage> messages = new ArrayList<>();
        Path path = folder.resolve("recording.mcap");
        try (McapWriter writer = new McapWriter(Files.newOutputStream(path), "test", compression)) {
            int schema = writer.addSchema("Example", "c", new byte[] {4, 5, 6});
            int first = writer.addChannel(schema, "/a", "x", Map.of("foo", "bar", "o", "p"));
            int second = writer.addChannel(0, "/b", "y", Map.of());
            for (int i = 0; i < 60; i++) {
                byte[] data = new byte[random.nextInt(1 << 19)];
                random.nextBytes(data);
                int channel = i % 3 == 0 ? second : first;
                long time = 1_700_000_000_000_000_000L + i;
                messages.add(new McapMessage(channel, i, time, time + 5, data));
            }
            for (McapMessage message : messages) {
                writer.write(message);
            }
        }

        try (McapReader reader = McapReader.open(path)) {
            assertThat(all(reader.messages()))
                    .extracting(McapReaderTest::content)
                    .isEqualTo(messages.stream().map(McapReaderTest::content).toList());
            assertThat(reader.schemas().get(1).name()).isEqualTo("Example");
            assertThat(reader.channels().get(1))
                    .isEqualTo(new McapChannel(1, 1, "/a", "x", Map.of("foo", "bar", "o", "p")));
            McapStatistics statistics = reader.statistics().orElseThrow();
            assertThat(statistics.messageCount()).isEqualTo(60);
            assertThat(statistics.chunkCount()).isGreaterThan(1);
            assertThat(statistics.endNanos() - statistics.startNanos()).isEqualTo(59);
            assertThat(statistics.channelMessageCounts())
                    .containsEntry(1, 40L)
                    .containsEntry(2, 20L);
        }
    }

    /**
     * The conformance vectors TenMessages, all combinations of the features that a reader can meet.
     */
    @Test
    void tenMessagesAreReadInOrderOfTimeWhateverTheWriterLeftOut() throws Exception {
        for (int features = 0; features < 64; features++) {
            Path path = file(tenMessages(features));
            try (McapReader reader = McapReader.open(path)) {
                assertThat(all(reader.messages()))
                        .as("features %s", Integer.toBinaryString(features))
                        .extracting(McapMessage::sequence)
                        .isEqualTo(TEN_SEQUENCES);
                assertThat(reader.channels().get(1).topic()).isEqualTo("example");
                assertThat(reader.schemas().get(1).data()).containsExactly(4, 5, 6);
            }
        }
    }

    /**
     * Bits: chunk, chunk index, repeated schema and channel, statistics, padding, strange records.
     */
    private static byte[] tenMessages(int features) {
        boolean chunked = (features & 1) != 0;
        byte[] padding = (features & 16) == 0 ? NONE : new byte[] {1, 2, 3, 4, 5};
        RawMcap records = RawMcap.empty().schema(padding).channel(padding);
        addStrange(records, features);
        for (int i = 0; i < TEN_TIMES.length; i++) {
            records.message(i, TEN_TIMES[i]);
        }
        RawMcap file = RawMcap.begun();
        addStrange(file, features);
        long chunkAt = file.size();
        if (chunked) {
            file.chunk(0, 9, records.done(), padding);
        } else {
            file.bytes(records.done());
        }
        RawMcap summary = RawMcap.empty();
        if ((features & 4) != 0) {
            summary.schema(padding).channel(padding);
        }
        if ((features & 8) != 0) {
            summary.record(
                    0x0b,
                    fields ->
                            fields.u64(10)
                                    .u16(1)
                                    .u32(1)
                                    .u32(0)
                                    .u32(0)
                                    .u32(1)
                                    .u64(0)
                                    .u64(9)
                                    .u32(10)
                                    .u16(1)
                                    .u64(10)
                                    .bytes(padding));
        }
        if (chunked && (features & 2) != 0) {
            summary.record(
                    0x08,
                    fields ->
                            fields.u64(0)
                                    .u64(9)
                                    .u64(chunkAt)
                                    .u64(file.size() - chunkAt)
                                    .u32(0)
                                    .u64(0)
                                    .string("")
                                    .u64(1)
                                    .u64(1)
                                    .bytes(padding));
        }
        addStrange(summary, features);
        return file.ended(summary.done());
    }

    /** A record of an opcode that is reserved, and a private one. */
    private static void addStrange(RawMcap to, int features) {
        if ((features & 32) != 0) {
            to.record(0x7f, fields -> fields.string("of a later version"));
            to.record(0x80, fields -> fields.u64(-1));
        }
    }

    @Test
    void attachmentsAndMetadataArePassedOver() throws Exception {
        RawMcap file = RawMcap.begun();
        file.record(
                0x09,
                fields ->
                        fields.u64(2)
                                .u64(1)
                                .string("myFile")
                                .string("application/octet-stream")
                                .u64(3)
                                .bytes(new byte[] {1, 2, 3})
                                .u32(0));
        file.record(
                0x0c, fields -> fields.string("myMetadata").u32(14).string("foo").string("bar"));
        file.schema(NONE).channel(NONE).message(10, 2);

        try (McapReader reader = McapReader.open(file(file.ended(NONE)))) {
            assertThat(all(reader.messages())).hasSize(1);
            assertThat(reader.statistics()).isEmpty();
        }
    }

    @Test
    void aFileWithoutMessagesHasNone() throws Exception {
        try (McapReader reader = McapReader.open(file(RawMcap.begun().ended(NONE)))) {
            assertThat(reader.messages().next()).isEmpty();
            assertThat(reader.channels()).isEmpty();
        }
    }

    @Test
    void timesAreUnsigned() throws Exception {
        RawMcap file = RawMcap.begun().schema(NONE).channel(NONE).message(1, -1).message(0, 1);

        try (McapReader reader = McapReader.open(file(file.ended(NONE)))) {
            assertThat(all(reader.messages()))
                    .extracting(McapMessage::logTimeNanos)
                    .containsExactly(1L, -1L);
        }
    }

    @Test
    void seekingReadsTheChunksOfTheTimesAskedForAlone() throws Exception {
        Path path = folder.resolve("recording.mcap");
        try (McapWriter writer =
                new McapWriter(Files.newOutputStream(path), "", McapCompression.ZSTD)) {
            int channel = writer.addChannel(0, "/a", "x", Map.of());
            for (int i = 0; i < 40; i++) {
                writer.write(
                        new McapMessage(channel, i, i, i, new byte[McapWriter.CHUNK_BYTES / 4]));
            }
        }
        damageFirstChunk(path);

        try (McapReader reader = McapReader.open(path)) {
            assertThat(all(reader.messages(6, 9)))
                    .extracting(McapMessage::sequence)
                    .containsExactly(6L, 7L, 8L, 9L);
            assertThat(reader.messages(40, -1).next()).isEmpty();
            assertThat(reader.statistics().orElseThrow().chunkCount()).isEqualTo(10);
            assertThat(all(reader.messages(39, -1))).hasSize(1);
        }
    }

    private static void damageFirstChunk(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int zstd = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("zstd");
        bytes[zstd + 4 + Long.BYTES] ^= 0x55;
        Files.write(path, bytes);
    }

    @Test
    void chunksWhoseTimesOverlapAreMerged() throws Exception {
        Path path = folder.resolve("recording.mcap");
        Random random = new Random(11);
        List<Long> times = new ArrayList<>();
        try (McapWriter writer =
                new McapWriter(Files.newOutputStream(path), "", McapCompression.LZ4)) {
            int channel = writer.addChannel(0, "/a", "x", Map.of());
            for (int i = 0; i < 100; i++) {
                long time = i / 10 * 5L + random.nextInt(20);
                times.add(time);
                writer.write(
                        new McapMessage(channel, i, time, 0, new byte[McapWriter.CHUNK_BYTES / 8]));
            }
        }

        try (McapReader reader = McapReader.open(path)) {
            assertThat(all(reader.messages()))
                    .extracting(McapMessage::logTimeNanos)
                    .isEqualTo(times.stream().sorted().toList());
        }
    }

    /**
     * Of two cameras, the second one's clock is behind by a number of messages, or its messages are
     * that much rarer: 200 MiB of chunks overlap. Read in turns, each chunk is unpacked once for
     * each camera; more would show in what is allocated.
     */
    @ParameterizedTest
    @CsvSource({"80, 1", "0, 9"})
    void chunksOverlapWithoutEnd(int behind, int rarer) throws Exception {
        Path path = folder.resolve("recording.mcap");
        List<Long> times = new ArrayList<>();
        try (McapWriter writer =
                new McapWriter(Files.newOutputStream(path), "", McapCompression.ZSTD)) {
            int first = writer.addChannel(0, "/a", "x", Map.of());
            int second = writer.addChannel(0, "/b", "x", Map.of());
            for (int i = 0; i < 100; i++) {
                for (int channel : new int[] {first, second}) {
                    long time = 2L * (channel == first ? i + behind : rarer * i) + channel;
                    times.add(time);
                    writer.write(new McapMessage(channel, i, time, 0, new byte[1 << 20]));
                }
            }
        }

        long before = allocatedBytes();
        List<Long> read = new ArrayList<>();
        try (McapReader reader = McapReader.open(path)) {
            McapMessages messages = reader.messages();
            for (Optional<McapMessage> next = messages.next();
                    next.isPresent();
                    next = messages.next()) {
                read.add(next.get().logTimeNanos());
            }
        }

        assertThat(read).isEqualTo(times.stream().sorted().toList());
        long written = 200L << 20;
        assertThat(allocatedBytes() - before).isLessThan((2 + 1 + 1) * written);
    }

    private static long allocatedBytes() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Field by field AssertJ would take minutes for the bytes. */
    private static List<Object> content(McapMessage message) {
        return List.of(
                message.channelId(),
                message.sequence(),
                message.logTimeNanos(),
                message.publishTimeNanos(),
                ByteBuffer.wrap(message.data()));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("vector.mcap"), bytes);
    }

    private static List<McapMessage> all(McapMessages messages) throws IOException {
        List<McapMessage> all = new ArrayList<>();
        for (Optional<McapMessage> next = messages.next();
                next.isPresent();
                next = messages.next()) {
            all.add(next.get());
        }
        return all;
    }
}
