package io.liftstream.mcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an MCAP file. What is in it is known when it is open, from its summary or, where that lacks
 * a chunk index, from one pass over its records; messages come by time. Attachments, metadata and
 * records of unknown kinds are passed over.
 *
 * <p>Every length in the file is held to the file's size and to 128 MiB before memory is taken. Not
 * thread-safe.
 */
public final class McapReader implements Closeable {
    private final RecordFile file;
    private final Directory directory;

    private McapReader(RecordFile file, Directory directory) {
        this.file = file;
        this.directory = directory;
    }

    /**
     * Opens a file.
     *
     * @param path of a whole MCAP file
     * @return its reader; {@link #close} closes the file
     * @throws McapFormatException where it is no MCAP file, was cut off, or its summary is damaged
     * @throws IOException where it cannot be read
     */
    public static McapReader open(Path path) throws IOException {
        RecordFile file = RecordFile.open(path);
        try {
            return new McapReader(file, new DirectoryReader(file).read());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** {@return the schemas known so far, by id; those of a file with a full summary all} */
    public Map<Integer, McapSchema> schemas() {
        return directory.schemas();
    }

    /** {@return the channels known so far, by id; those of a file with a full summary all} */
    public Map<Integer, McapChannel> channels() {
        return directory.channels();
    }

    /** {@return what the writer counted, where it did} */
    public Optional<McapStatistics> statistics() {
        return Optional.ofNullable(directory.statistics());
    }

    /**
     * {@return the messages from one time to another, by log time; of equal times the one that was
     * written first}
     *
     * @param fromNanos the earliest log time, unsigned nanoseconds
     * @param toNanos the latest log time, inclusive, unsigned nanoseconds
     */
    public McapMessages messages(long fromNanos, long toNanos) {
        return new McapMessages(file, directory, fromNanos, toNanos);
    }

    /** {@return all messages, by log time; of equal times the one that was written first} */
    public McapMessages messages() {
        return messages(0, -1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
