package io.liftstream.mcap;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** How the records of a chunk are compressed. */
public enum McapCompression {
    /** Not at all. */
    NONE("") {
        @Override
        byte[] compress(byte[] records, int length) {
            return Arrays.copyOf(records, length);
        }

        @Override
        byte[] decompress(byte[] compressed, int length) throws IOException {
            requireLength(compressed.length, length);
            return compressed;
        }
    },
    /** LZ4 frames: faster than zstd, and larger. */
    LZ4("lz4") {
        @Override
        byte[] compress(byte[] records, int length) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(length / 2);
            try (OutputStream out = new LZ4FrameOutputStream(compressed)) {
                out.write(records, 0, length);
            }
            return compressed.toByteArray();
        }

        @Override
        byte[] decompress(byte[] compressed, int length) throws IOException {
            try (InputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(compressed))) {
                byte[] records = in.readNBytes(length);
                requireLength(records.length + (in.read() < 0 ? 0 : 1), length);
                return records;
            } catch (RuntimeException e) {
                throw new McapFormatException("a chunk's lz4 data are damaged", e);
            }
        }
    },
    /** Zstandard, at its fastest level. */
    ZSTD("zstd") {
        @Override
        byte[] compress(byte[] records, int length) {
            byte[] compressed = new byte[(int) Zstd.compressBound(length)];
            long size =
                    Zstd.compressByteArray(
                            compressed, 0, compressed.length, records, 0, length, LEVEL);
            return Arrays.copyOf(compressed, (int) size);
        }

        @Override
        byte[] decompress(byte[] compressed, int length) throws IOException {
            byte[] records = new byte[length];
            try {
                long size =
                        Zstd.decompressByteArray(
                                records, 0, length, compressed, 0, compressed.length);
                requireLength(size, length);
                return records;
            } catch (ZstdException e) {
                throw new McapFormatException("a chunk's zstd data are damaged", e);
            }
        }
    };

    private static final int LEVEL = 1;

    private final String wireName;

    McapCompression(String wireName) {
        this.wireName = wireName;
    }

    /** As chunks name it. */
    String wireName() {
        return wireName;
    }

    /**
     * Finds a compression by its name in a chunk.
     *
     * @throws McapFormatException where it is none of these
     */
    static McapCompression named(String wireName) throws McapFormatException {
        for (McapCompression compression : values()) {
            if (compression.wireName.equals(wireName)) {
                return compression;
            }
        }
        throw new McapFormatException(
                "a chunk's compression is \"" + wireName + "\": only zstd, lz4 and none are read");
    }

    /** Compresses the first bytes of an array. */
    abstract byte[] compress(byte[] records, int length) throws IOException;

    /**
     * Decompresses records.
     *
     * @param length what the chunk says their length is, bytes; no more memory is taken
     * @throws IOException where they are damaged or of another length
     */
    abstract byte[] decompress(byte[] compressed, int length) throws IOException;

    private static void requireLength(long found, int stated) throws McapFormatException {
        if (found != stated) {
            throw new McapFormatException(
                    "a chunk's records are not of the " + stated + " bytes that it states");
        }
    }
}
