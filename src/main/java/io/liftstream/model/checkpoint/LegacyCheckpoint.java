package io.liftstream.model.checkpoint;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before 1.6: five pickles (magic number, protocol, system, object, list of
 * storage keys), then for each key in that list's order its number of elements and its bytes.
 */
final class LegacyCheckpoint implements CheckpointContainer {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Long PROTOCOL = 1001L;

    /** Where a storage's bytes are. */
    private record Extent(long position, long bytes) {}

    private final FileChannel channel;
    private final Object root;
    private final Map<String, Extent> storages;

    private LegacyCheckpoint(FileChannel channel, Object root, Map<String, Extent> storages) {
        this.channel = channel;
        this.root = root;
        this.storages = storages;
    }

    static LegacyCheckpoint open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long readable = Math.min(channel.size(), MAX_PICKLE_BYTES);
            // Not closed: that would close the channel, which is still needed.
            InputStream stream = new BufferedInputStream(Channels.newInputStream(channel));
            PickleInput in = new PickleInput(stream, readable);
            requireHeader(in);
            // The element sizes of the storages are known only from the tensors that use them.
            Map<String, ElementType> types = new HashMap<>();
            Object root = PickleMachine.read(in, types);
            Object keys = PickleMachine.read(in);
            long position = readable - in.remaining();
            return new LegacyCheckpoint(channel, root, extents(channel, position, keys, types));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void requireHeader(PickleInput in) throws IOException {
        if (!MAGIC.equals(PickleMachine.read(in))) {
            throw Refusal.of("file", "no zip and no PyTorch magic number", "must be a checkpoint");
        }
        if (!PROTOCOL.equals(PickleMachine.read(in))) {
            throw Refusal.of("PyTorch protocol", "unknown", "must be " + PROTOCOL);
        }
        boolean littleEndian =
                PickleMachine.read(in) instanceof Map<?, ?> system
                        && Boolean.TRUE.equals(system.get("little_endian"));
        if (!littleEndian) {
            throw Refusal.of("byte order", "not little-endian", "only little-endian can be read");
        }
    }

    private static Map<String, Extent> extents(
            FileChannel channel, long start, Object keys, Map<String, ElementType> types)
            throws IOException {
        if (!(keys instanceof List<?> list)) {
            throw Refusal.of("storage keys", PickleMachine.describe(keys), "must be a list");
        }
        Map<String, Extent> extents = new HashMap<>();
        long position = start;
        for (Object key : list) {
            ElementType type = types.get(key);
            if (type == null) {
                throw Refusal.of(
                        "storage", PickleMachine.describe(key), "belongs to no tensor of the file");
            }
            long elements = count(channel, position);
            long left = channel.size() - position - Long.BYTES;
            if (elements < 0 || elements > left / type.bytes()) {
                throw Refusal.of(
                        "storage " + key,
                        elements + " elements",
                        "the file has only " + left + " bytes left for it");
            }
            extents.put((String) key, new Extent(position + Long.BYTES, elements * type.bytes()));
            position += Long.BYTES + elements * type.bytes();
        }
        return extents;
    }

    private static long count(FileChannel channel, long position) throws IOException {
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (count.hasRemaining()) {
            if (channel.read(count, position + count.position()) < 0) {
                throw Refusal.of(
                        "file", "cut short", "must be complete", new EOFException("storages"));
            }
        }
        return count.getLong(0);
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public long storageBytes(String key) {
        return extent(key).bytes();
    }

    @Override
    public InputStream open(String key, long offset) throws IOException {
        return new ChannelStream(channel, extent(key).position() + offset);
    }

    private Extent extent(String key) {
        Extent extent = storages.get(key);
        if (extent == null) {
            throw Refusal.of("storage " + key, "missing", "the file must be complete");
        }
        return extent;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
