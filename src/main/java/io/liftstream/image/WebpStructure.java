package io.liftstream.image;

/** Reads the size from a WebP's first chunk, and checks that the file is as long as it says. */
final class WebpStructure {
    private static final int CHUNK = 12;
    private static final int PAYLOAD = CHUNK + 8;

    private WebpStructure() {}

    static ImageHeader readHeader(EncodedBytes bytes) {
        if (bytes.hasAscii(CHUNK, "VP8X")) {
            return header(1 + u24(bytes, PAYLOAD + 4), 1 + u24(bytes, PAYLOAD + 7));
        }
        if (bytes.hasAscii(CHUNK, "VP8L")) {
            long packed = bytes.u32LittleEndian(PAYLOAD + 1);
            return header(1 + (packed & 0x3fff), 1 + (packed >> 14 & 0x3fff));
        }
        if (bytes.hasAscii(CHUNK, "VP8 ")) {
            return header(
                    bytes.u16LittleEndian(PAYLOAD + 6) & 0x3fff,
                    bytes.u16LittleEndian(PAYLOAD + 8) & 0x3fff);
        }
        throw bytes.unreadable("a WebP must begin with a VP8, VP8L or VP8X chunk");
    }

    static void requireWhole(EncodedBytes bytes) {
        bytes.require(0, 8 + bytes.u32LittleEndian(4));
    }

    /** What the EXIF chunk says; some writers put a JPEG's six bytes before its data. */
    static Orientation orientation(EncodedBytes bytes) {
        long position = CHUNK;
        while (position + 8 <= bytes.length()) {
            long length = bytes.u32LittleEndian(position + 4);
            if (bytes.hasAscii(position, "EXIF") && position + 8 + length <= bytes.length()) {
                int prefix = bytes.hasAscii(position + 8, "Exif\0\0") ? 6 : 0;
                return Orientation.ofExif(
                        new EncodedBytes(bytes.copy(position + 8 + prefix, (int) length - prefix)));
            }
            position += 8 + length + length % 2;
        }
        return Orientation.UPRIGHT;
    }

    private static ImageHeader header(long width, long height) {
        return new ImageHeader(ImageFormat.WEBP, width, height);
    }

    private static long u24(EncodedBytes bytes, long offset) {
        return bytes.u16LittleEndian(offset) | (long) bytes.u8(offset + 2) << 16;
    }
}
