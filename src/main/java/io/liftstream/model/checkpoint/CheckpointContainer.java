package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** A file of tensors: gives the object that was saved and the bytes of its storages. */
interface CheckpointContainer extends Closeable {
    /** The opcode with which every pickle since protocol 2 begins. */
    byte PICKLE_PROTOCOL = (byte) 0x80;

    /**
     * The longest pickle that is read. That of a large checkpoint has 100 kB; one byte of a hostile
     * pickle can ask for some fifty bytes of memory.
     */
    long MAX_PICKLE_BYTES = 4 << 20;

    /** The longest header of a safetensors file that is read; that of a large one has 100 kB. */
    long MAX_HEADER_BYTES = 4 << 20;

    /** Dimensions that a tensor may have. */
    int MAX_RANK = 8;

    /** How much of a file tells the formats apart. */
    int START_BYTES = Long.BYTES + 1;

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

    /** Formats, told apart by how their files begin and never by what they are called. */
    enum Format {
        ZIP,
        LEGACY,
        SAFETENSORS,
        NONE;

        static Format of(byte[] start) {
            if (SafetensorsCheckpoint.begins(start)) {
                return SAFETENSORS;
            }
            boolean zip =
                    start.length > 3
                            && start[0] == 'P'
                            && start[1] == 'K'
                            && start[2] == 3
                            && start[3] == 4;
            boolean pickle = start.length > 0 && start[0] == PICKLE_PROTOCOL;
            return zip ? ZIP : pickle ? LEGACY : NONE;
        }
    }

    /** As a page of an error is, or a pointer of Git to what it keeps elsewhere. */
    private static boolean isText(byte[] start) {
        for (byte value : start) {
            if ((value < ' ' || value > '~') && !Character.isWhitespace(value)) {
                return false;
            }
        }
        return true;
    }

    /** The first bytes of a file, fewer where it has no more. */
    static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(START_BYTES);
        }
    }

    /**
     * Opens a file in any of the formats.
     *
     * @throws LiftingException where it is none of them, or damaged
     */
    static CheckpointContainer open(Path file) throws IOException {
        byte[] start = start(file);
        if (start.length == 0) {
            throw Refusal.notOne(file.getFileName().toString(), ", it is empty");
        }
        try {
            return switch (Format.of(start)) {
                case ZIP -> ZipCheckpoint.open(file);
                case LEGACY -> LegacyCheckpoint.open(file);
                case SAFETENSORS -> SafetensorsCheckpoint.open(file, start);
                case NONE ->
                        throw Refusal.notOne(
                                file.getFileName().toString(),
                                isText(start) ? ", it looks like text" : "");
            };
        } catch (ZipException e) {
            throw Refusal.of("zip container", "damaged", "must be complete: " + e.getMessage(), e);
        }
    }
}
