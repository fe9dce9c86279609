package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** The file around a pickle: gives its object and the bytes of the storages that it mentions. */
interface CheckpointContainer extends Closeable {
    /** The opcode with which every pickle since protocol 2 begins. */
    byte PICKLE_PROTOCOL = (byte) 0x80;

    /**
     * The longest pickle that is read. That of a large checkpoint has 100 kB; one byte of a hostile
     * pickle can ask for some fifty bytes of memory.
     */
    long MAX_PICKLE_BYTES = 4 << 20;

    /** The object that was saved. */
    Object root();

    /**
     * How many bytes the file has for a storage.
     *
     * @throws LiftingException where the file has no such storage
     */
    long storageBytes(String key);

    /** The bytes of a storage from an offset in bytes on. */
    InputStream open(String key, long offset) throws IOException;

    /**
     * Opens a file in either of PyTorch's formats.
     *
     * @throws LiftingException where it is neither, or damaged
     */
    static CheckpointContainer open(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        }
        if (start.length < 4) {
            throw Refusal.of("file", start.length + " bytes", "must be a complete checkpoint");
        }
        boolean zip = start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
        boolean pickle = start[0] == PICKLE_PROTOCOL;
        if (!zip && !pickle) {
            throw Refusal.of(
                    "file",
                    file.getFileName().toString(),
                    "is no PyTorch checkpoint: those are zip files or begin with a pickle");
        }
        try {
            return zip ? ZipCheckpoint.open(file) : LegacyCheckpoint.open(file);
        } catch (ZipException e) {
            throw Refusal.of("zip container", "damaged", "must be complete: " + e.getMessage(), e);
        }
    }
}
