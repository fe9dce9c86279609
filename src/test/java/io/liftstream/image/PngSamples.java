package io.liftstream.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files that encoders write and others that none should. */
public final class PngSamples {
    private static final int SIGNATURE = 8;

    private PngSamples() {}

    /** An indexed picture of 16x16, whose numbers go beyond its colours where there are too few. */
    static byte[] palette(int colours, int numbers) {
        byte[] rows = new byte[16 * 17];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (i % 17 == 0 ? 0 : i % numbers);
        }
        byte[] entries = new byte[3 * colours];
        new Random(1).nextBytes(entries);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.writeBytes(chunk("IHDR", new byte[] {0, 0, 0, 16, 0, 0, 0, 16, 8, 3, 0, 0, 0}));
        file.writeBytes(chunk("PLTE", entries));
        file.writeBytes(chunk("IDAT", deflated(rows)));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    /** A grey picture of 16 bits. */
    public static byte[] grey16(int width, int height, IntUnaryOperator values) {
        ByteBuffer rows = ByteBuffer.allocate(height * (1 + 2 * width));
        for (int i = 0; i < width * height; i++) {
            if (i % width == 0) {
                rows.put((byte) 0);
            }
            rows.putShort((short) values.applyAsInt(i));
        }
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 16);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.writeBytes(chunk("IHDR", header.array()));
        file.writeBytes(chunk("IDAT", deflated(rows.array())));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    /** The file with a chunk behind its header. */
    static byte[] with(byte[] file, String type, byte[] data) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        int behindHeader = SIGNATURE + 25;
        changed.write(file, 0, behindHeader);
        changed.writeBytes(chunk(type, data));
        changed.write(file, behindHeader, file.length - behindHeader);
        return changed.toByteArray();
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] packed = new byte[data.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /** As image editors write them, libpng says. */
    static byte[] withBadColourProfile(byte[] file) {
        byte[] profile = new byte[60];
        profile[0] = 'x';
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        int behindHeader = SIGNATURE + 25;
        changed.write(file, 0, behindHeader);
        changed.writeBytes(chunk("iCCP", profile));
        changed.writeBytes(chunk("tRNS", profile));
        changed.write(file, behindHeader, file.length - behindHeader);
        return changed.toByteArray();
    }

    /**
     * The file with some bytes of its chunks changed, by a seed other than 0, and fitting
     * checksums.
     */
    static byte[] withRightChecksums(byte[] file, int seed) {
        Random random = new Random(seed);
        byte[] changed = file.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed);
        int position = SIGNATURE;
        while (position < file.length) {
            int length = buffer.getInt(position);
            if (seed != 0 && length > 0 && random.nextBoolean()) {
                changed[position + 8 + random.nextInt(length)] = (byte) random.nextInt();
            }
            CRC32 checksum = new CRC32();
            checksum.update(changed, position + 4, length + 4);
            buffer.putInt(position + 8 + length, (int) checksum.getValue());
            position += 12 + length;
        }
        return changed;
    }

    static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
        chunk.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) checksum.getValue()).array();
    }
}
