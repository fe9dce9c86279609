package io.liftstream.image;

/** Reads the size from a BMP's headers, and checks that uncompressed pixels are all there. */
final class BmpStructure {
    private static final int OS2_HEADER_BYTES = 12;

    private BmpStructure() {}

    static ImageHeader readHeader(EncodedBytes bytes) {
        long pixels = bytes.u32LittleEndian(10);
        boolean os2 = bytes.u32LittleEndian(14) == OS2_HEADER_BYTES;
        long width = os2 ? bytes.u16LittleEndian(18) : (int) bytes.u32LittleEndian(18);
        // A negative height says that the rows run from the top.
        long height =
                os2 ? bytes.u16LittleEndian(20) : Math.abs((long) (int) bytes.u32LittleEndian(22));
        int bits = bytes.u16LittleEndian(os2 ? 24 : 28);
        boolean runLengths = !os2 && isRunLengthCoded(bytes.u32LittleEndian(30));
        if (width > 0 && !runLengths) {
            long rowBytes = (width * bits + 31) / 32 * 4;
            bytes.require(pixels, rowBytes * height);
        }
        return new ImageHeader(ImageFormat.BMP, width, height);
    }

    private static boolean isRunLengthCoded(long compression) {
        return compression == 1 || compression == 2;
    }
}
