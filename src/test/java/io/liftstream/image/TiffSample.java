package io.liftstream.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** TIFF files without compression, and the EXIF data that look like one. */
public final class TiffSample {
    private static final int SHORT = 3;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;

    private final int width;
    private final int height;
    private final ByteOrder order;
    private int orientation;

    public TiffSample(int width, int height, boolean littleEndian) {
        this.width = width;
        this.height = height;
        this.order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** EXIF data that say an orientation. */
    static byte[] exif(int orientation, boolean littleEndian) {
        return new TiffSample(0, 0, littleEndian)
                .file(List.of(new int[] {274, orientation}), 0)
                .array();
    }

    TiffSample oriented(int value) {
        orientation = value;
        return this;
    }

    /** A grey picture of 16 bits. */
    public byte[] grey16(IntUnaryOperator values) {
        ByteBuffer file = file(entries(16, 2), 2 * width * height);
        for (int i = 0; i < width * height; i++) {
            file.putShort((short) values.applyAsInt(i));
        }
        return file.array();
    }

    /** A grey picture of 8 bits. */
    byte[] grey8(IntUnaryOperator values) {
        ByteBuffer file = file(entries(8, 1), width * height);
        for (int i = 0; i < width * height; i++) {
            file.put((byte) values.applyAsInt(i));
        }
        return file.array();
    }

    private List<int[]> entries(int bits, int bytesPerPixel) {
        List<int[]> entries = new ArrayList<>();
        entries.add(new int[] {256, width});
        entries.add(new int[] {257, height});
        entries.add(new int[] {258, bits});
        entries.add(new int[] {259, 1});
        entries.add(new int[] {262, 1});
        entries.add(new int[] {273, HEADER_BYTES + 6 + ENTRY_BYTES * (orientation == 0 ? 9 : 10)});
        if (orientation != 0) {
            entries.add(new int[] {274, orientation});
        }
        entries.add(new int[] {277, 1});
        entries.add(new int[] {278, height});
        entries.add(new int[] {279, bytesPerPixel * width * height});
        return entries;
    }

    private ByteBuffer file(List<int[]> entries, int pixelBytes) {
        int length = HEADER_BYTES + 6 + ENTRY_BYTES * entries.size() + pixelBytes;
        ByteBuffer file = ByteBuffer.allocate(length).order(order);
        byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        file.put(mark).put(mark).putShort((short) 42).putInt(HEADER_BYTES);
        file.putShort((short) entries.size());
        for (int[] entry : entries) {
            file.putShort((short) entry[0]).putShort((short) SHORT).putInt(1);
            file.putShort((short) entry[1]).putShort((short) 0);
        }
        return file.putInt(0);
    }
}
