package io.liftstream.mcap;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** The records of a file by their place; every length is held to the file before it is believed. */
final class RecordFile implements Closeable {

    /** The largest record that is read whole, bytes. */
    static final int MAX_RECORD_BYTES = 128 << 20;

    private final FileChannel file;
    private final long size;

    private RecordFile(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /**
     * Opens a file that begins and ends as MCAP files do.
     *
     * @throws McapFormatException where it does not
     */
    static RecordFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            RecordFile file = new RecordFile(channel);
            file.requireMagic(path);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void requireMagic(Path path) throws IOException {
        int magicBytes = McapFormat.magic().length;
        if (size < magicBytes || !Arrays.equals(bytes(0, magicBytes), McapFormat.magic())) {
            throw new McapFormatException(
                    path + " is not an MCAP file: it begins with other bytes");
        }
        if (size < footerOffset() + magicBytes
                || footerOffset() < magicBytes
                || !Arrays.equals(bytes(size - magicBytes, magicBytes), McapFormat.magic())) {
            throw new McapFormatException(
                    path
                            + " does not end as an MCAP file does: it was cut off, or its writer was killed; \"mcap"
                            + " recover\" recovers what it contains");
        }
    }

    /** Where the first record is. */
    long firstOffset() {
        return McapFormat.magic().length;
    }

    /** Where the footer must be. */
    long footerOffset() {
        return size - McapFormat.magic().length - McapFormat.FOOTER_BYTES - McapFormat.PREFIX_BYTES;
    }

    /** The record's opcode and length, and where it is. */
    Place place(long offset) throws IOException {
        FieldReader prefix = new FieldReader(bytes(offset, McapFormat.PREFIX_BYTES));
        int opcode = prefix.u8();
        long length = prefix.u64();
        long content = offset + McapFormat.PREFIX_BYTES;
        if (length < 0 || length > size - content) {
            throw new McapFormatException(
                    String.format(
                            Locale.ROOT,
                            "the record at %d states %s bytes: the file ends before",
                            offset,
                            Long.toUnsignedString(length)));
        }
        return new Place(opcode, offset, length);
    }

    /** A record's content. */
    FieldReader content(Place place) throws IOException {
        return new FieldReader(bytes(place.contentOffset(), place.length()));
    }

    /** The beginning of a record's content, or all of it where it is shorter. */
    FieldReader contentStart(Place place, int length) throws IOException {
        return new FieldReader(bytes(place.contentOffset(), Math.min(place.length(), length)));
    }

    /** Any bytes of the file. */
    byte[] bytes(long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw new McapFormatException(
                    String.format(
                            Locale.ROOT,
                            "%s bytes at %s are not in the file of %d bytes",
                            Long.toUnsignedString(length),
                            Long.toUnsignedString(offset),
                            size));
        }
        if (length > MAX_RECORD_BYTES) {
            throw new McapFormatException(
                    String.format(
                            Locale.ROOT,
                            "%d bytes at %d: at most %d are read at once",
                            length,
                            offset,
                            MAX_RECORD_BYTES));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file was cut while it was read");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A record before it is read. */
    record Place(int opcode, long offset, long length) {

        long contentOffset() {
            return offset + McapFormat.PREFIX_BYTES;
        }

        /** Where the next record is. */
        long end() {
            return contentOffset() + length;
        }
    }
}
