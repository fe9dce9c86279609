package io.liftstream.image;

/** Walks a PNG's chunks: the size from IHDR, and whether the file reaches to IEND. */
final class PngStructure {
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_FRAME_BYTES = 12;

    private PngStructure() {}

    static ImageHeader readHeader(EncodedBytes bytes) {
        if (!bytes.hasAscii(SIGNATURE_BYTES + 4, "IHDR")) {
            throw bytes.unreadable("a PNG must begin with its IHDR chunk");
        }
        return new ImageHeader(ImageFormat.PNG, bytes.u32BigEndian(16), bytes.u32BigEndian(20));
    }

    static void requireWhole(EncodedBytes bytes) {
        // OpenCV reserves what a chunk's length says before it reads the chunk, so each must fit.
        long position = SIGNATURE_BYTES;
        boolean ended = false;
        while (!ended) {
            long chunkBytes = CHUNK_FRAME_BYTES + bytes.u32BigEndian(position);
            bytes.require(position, chunkBytes);
            ended = bytes.hasAscii(position + 4, "IEND");
            position += chunkBytes;
        }
    }

    /** Whether the pixels are 16-bit grey without alpha. */
    static boolean isGrey16(byte[] encoded) {
        return encoded[24] == 16 && encoded[25] == 0;
    }
}
