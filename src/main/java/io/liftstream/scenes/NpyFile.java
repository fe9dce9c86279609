package io.liftstream.scenes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One array in NumPy's .npy format, version 1.0, whose items along the first axis are written in
 * any order and by any thread. The format is described in NumPy's manual under {@code
 * numpy.lib.format}.
 */
final class NpyFile implements AutoCloseable {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private final FileChannel channel;
    private final int dataStart;

    private NpyFile(FileChannel channel, int dataStart) {
        this.channel = channel;
        this.dataStart = dataStart;
    }

    /**
     * Starts a file, replacing an old one.
     *
     * @param type NumPy's name of the item type, for example {@code <f4}
     * @param shape the array's lengths, row-major
     */
    static NpyFile create(Path path, String type, int... shape) throws IOException {
        String lengths =
                Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String facts =
                "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + lengths + ",), }";
        int used = MAGIC.length + 2 + facts.length() + 1;
        int padding = Math.floorMod(-used, ALIGNMENT);
        String header = facts + " ".repeat(padding) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(used + padding);
        bytes.put(MAGIC);
        bytes.put((byte) header.length()).put((byte) (header.length() >> 8));
        bytes.put(header.getBytes(StandardCharsets.US_ASCII)).flip();
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        NpyFile file = new NpyFile(channel, bytes.limit());
        try {
            file.writeFully(bytes, 0);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Writes item {@code index} of the first axis; every item is of the same length. */
    void write(int index, ByteBuffer item) throws IOException {
        writeFully(item, dataStart + (long) index * item.remaining());
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
