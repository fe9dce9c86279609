package io.liftstream.image;

/** Reads the size from a BMP's headers, and checks that uncompressed pixels are all there. */
final class BmpStructure {
    private static final int OS2_HEADER_BYTES = 12;

    private BmpStructure() {}

    static ImageHeader readHeader(EncodedBytes bytes) {
        boolean os2 = isOs2(bytes);
        long width = os2 ? bytes.u16LittleEndian(18) : (int) bytes.u32LittleEndian(18);
        // A negative height says that the rows run from the top.
        long height =
                os2 ? bytes.u16LittleEndian(20) : Math.abs((long) (int) bytes.u32LittleEndian(22));
        return new ImageHeader(ImageFormat.BMP, width, height);
    }

    static void requireWhole(EncodedBytes bytes) {
        boolean os2 = isOs2(bytes);
        if (!os2 && isRunLengthCoded(bytes.u32LittleEndian(30))) {
            // The decoder knows how much there should be, and fails where it ends early.
            return;
        }
        ImageHeader header = readHeader(bytes);
        int bits = bytes.u16LittleEndian(os2 ? 24 : 28);
        long rowBytes = (header.width() * bits + 31) / 32 * 4;
        bytes.require(bytes.u32LittleEndian(10), rowBytes * header.height());
    }

    private static boolean isOs2(EncodedBytes bytes) {
        return bytes.u32LittleEndian(14) == OS2_HEADER_BYTES;
    }

    private static boolean isRunLengthCoded(long compression) {
        return compression == 1 || compression == 2;
    }
}
