package io.liftstream.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels as an uncompressed little-endian TIFF of one strip: a file that costs one copy of them.
 * OpenCV's encoder has no way to leave the compression out of 8-bit pictures.
 */
public final class TiffFile {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRIES = 9;
    private static final int HEADER_BYTES = 8;
    private static final int DIRECTORY_BYTES = 2 + 12 * ENTRIES + 4;
    private static final int MAX_CHANNELS = 3;
    private static final int PIXELS_OFFSET = HEADER_BYTES + DIRECTORY_BYTES + 2 * MAX_CHANNELS;
    private static final int RGB = 2;
    private static final int BLACK_IS_ZERO = 1;

    private final ByteBuffer file;

    private TiffFile(int bytes) {
        file = ByteBuffer.allocate(Math.addExact(PIXELS_OFFSET, bytes));
        file.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * {@return a file whose pixels are still to be written to its end}
     *
     * @param size of the image
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param bits of a channel: 8, or 16 (little-endian)
     */
    public static ByteBuffer of(ImageSize size, int channels, int bits) {
        int bytes =
                Math.toIntExact(Math.multiplyExact(size.pixels(), channels * (bits / Byte.SIZE)));
        TiffFile tiff = new TiffFile(bytes);
        tiff.writeHead(size, channels, bits, bytes);
        return tiff.file.position(PIXELS_OFFSET);
    }

    private void writeHead(ImageSize size, int channels, int bits, int bytes) {
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER_BYTES);
        file.putShort((short) ENTRIES);
        entry(256, LONG, 1, size.width());
        entry(257, LONG, 1, size.height());
        entry(258, SHORT, channels, channels == 1 ? bits : HEADER_BYTES + DIRECTORY_BYTES);
        entry(259, SHORT, 1, 1);
        entry(262, SHORT, 1, channels == 1 ? BLACK_IS_ZERO : RGB);
        entry(273, LONG, 1, PIXELS_OFFSET);
        entry(277, SHORT, 1, channels);
        entry(278, LONG, 1, size.height());
        entry(279, LONG, 1, bytes);
        file.putInt(0);
        for (int channel = 0; channel < MAX_CHANNELS; channel++) {
            file.putShort((short) bits);
        }
    }

    private void entry(int tag, int type, int count, int value) {
        file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
