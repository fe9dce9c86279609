package io.liftstream.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks a PNG's chunks: the size from IHDR, and whether every pixel is there.
 *
 * <p>libpng writes what it finds wrong to the process's standard error, and OpenCV leaves it to. So
 * the chunks of the picture are checked before, and those of other things are left out.
 */
final class PngStructure {
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_FRAME_BYTES = 12;
    private static final int HEADER_BYTES = 13;
    private static final int ANCILLARY = 0x20;
    private static final int PALETTE_ENTRY_BYTES = 3;

    private final EncodedBytes bytes;
    private final RepairedBytes repairs;
    private final PngPixels pixels;
    private boolean hasPalette;

    private PngStructure(EncodedBytes bytes) {
        this.bytes = bytes;
        this.repairs = new RepairedBytes(bytes.array());
        this.pixels = PngPixels.of(bytes);
    }

    static ImageHeader readHeader(EncodedBytes bytes) {
        if (!bytes.hasAscii(SIGNATURE_BYTES + 4, "IHDR")
                || bytes.u32BigEndian(SIGNATURE_BYTES) != HEADER_BYTES) {
            throw bytes.unreadable("a PNG must begin with its IHDR chunk");
        }
        return new ImageHeader(ImageFormat.PNG, bytes.u32BigEndian(16), bytes.u32BigEndian(20));
    }

    /**
     * Refuses a file of which pixels are missing or damaged.
     *
     * @return the file, without what libpng would remark on
     */
    static byte[] requireWhole(EncodedBytes bytes) {
        PngStructure structure = new PngStructure(bytes);
        try {
            structure.walk();
        } finally {
            structure.pixels.close();
        }
        return structure.repairs.bytes();
    }

    private void walk() {
        int position = SIGNATURE_BYTES;
        while (isChunk(position) && !bytes.hasAscii(position + 4, "IEND")) {
            int end = position + CHUNK_FRAME_BYTES + (int) bytes.u32BigEndian(position);
            readChunk(position, end);
            position = end;
        }
        pixels.requireAll();
        // No pixel comes behind this, whatever does.
        repairs.replace(position, bytes.length(), chunk("IEND", new byte[0]));
    }

    /** OpenCV reserves what a chunk's length says before it reads the chunk. */
    private boolean isChunk(int position) {
        return position + CHUNK_FRAME_BYTES <= bytes.length()
                && bytes.u32BigEndian(position) <= bytes.length() - position - CHUNK_FRAME_BYTES;
    }

    private void readChunk(int position, int end) {
        if ((bytes.u8(position + 4) & ANCILLARY) != 0) {
            repairs.remove(position, end);
            return;
        }
        requireChecksum(position, end);
        int data = position + 8;
        int length = end - position - CHUNK_FRAME_BYTES;
        if (bytes.hasAscii(position + 4, "IDAT")) {
            if (pixels.indexed() && !hasPalette) {
                throw bytes.unreadable("a PNG's palette is missing; the file is damaged");
            }
            int used = pixels.add(data, length);
            if (used < length) {
                repairs.replace(position, end, chunk("IDAT", bytes.copy(data, used)));
            }
        } else if (bytes.hasAscii(position + 4, "PLTE")) {
            hasPalette = true;
            repairs.replace(position, end, palette(data, length));
        } else if (!bytes.hasAscii(position + 4, "IHDR")) {
            throw bytes.unreadable("a PNG chunk is of an unknown kind; the file is damaged");
        }
    }

    /** One entry for each number that a pixel can be: libpng remarks on pixels without one. */
    private byte[] palette(int data, int length) {
        if (!pixels.indexed()) {
            return new byte[0];
        }
        int full = PALETTE_ENTRY_BYTES << bytes.u8(24);
        byte[] entries = new byte[full];
        byte[] given = bytes.copy(data, length);
        if (length % PALETTE_ENTRY_BYTES != 0 || length == 0) {
            throw bytes.unreadable("a PNG's palette makes no sense; the file is damaged");
        }
        System.arraycopy(given, 0, entries, 0, Math.min(length, full));
        return chunk("PLTE", entries);
    }

    private void requireChecksum(int position, int end) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), position + 4, end - position - 8);
        if (checksum.getValue() != bytes.u32BigEndian(end - 4)) {
            throw bytes.unreadable("a PNG checksum does not fit its data; the file is damaged");
        }
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_FRAME_BYTES + data.length);
        chunk.putInt(data.length);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) checksum.getValue()).array();
    }

    /** Whether the pixels are 16-bit grey without alpha. */
    static boolean isGrey16(EncodedBytes bytes) {
        return bytes.u8(24) == 16 && bytes.u8(25) == 0;
    }

    /** What the eXIf chunk says. */
    static Orientation orientation(EncodedBytes bytes) {
        PngStructure structure = new PngStructure(bytes);
        try {
            return structure.findOrientation();
        } finally {
            structure.pixels.close();
        }
    }

    private Orientation findOrientation() {
        int position = SIGNATURE_BYTES;
        while (isChunk(position) && !bytes.hasAscii(position + 4, "IEND")) {
            int length = (int) bytes.u32BigEndian(position);
            if (bytes.hasAscii(position + 4, "eXIf")) {
                return Orientation.ofExif(new EncodedBytes(bytes.copy(position + 8L, length)));
            }
            position += CHUNK_FRAME_BYTES + length;
        }
        return Orientation.UPRIGHT;
    }
}
