package io.liftstream.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One {@link NpyFile} on disk whose items along the first axis are written in any order and by any
 * thread.
 */
public final class NpyItems implements AutoCloseable {
    private final FileChannel channel;
    private final int dataStart;

    private NpyItems(FileChannel channel, int dataStart) {
        this.channel = channel;
        this.dataStart = dataStart;
    }

    /**
     * Starts a file, replacing an old one.
     *
     * @param path the file
     * @param type NumPy's name of the item type, for example {@code <f4}
     * @param shape the array's lengths, row-major
     * @return the file, its header written
     * @throws IOException where it cannot be written
     */
    public static NpyItems create(Path path, String type, int... shape) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(NpyFile.header(type, shape));
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        NpyItems file = new NpyItems(channel, header.limit());
        try {
            file.writeFully(header, 0);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes one item of the first axis; every item is of the same length.
     *
     * @param index of the item, from 0
     * @param item its values, row-major
     * @throws IOException where it cannot be written
     */
    public void write(int index, ByteBuffer item) throws IOException {
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
