package io.liftstream.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** TIFF files without compression, and the EXIF data that look like one. */
public final class TiffSample {
    private static final int SHORT = 3;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;

    private final int width;
    private final int height;
    private final ByteOrder order;
    private final SortedMap<Integer, Integer> tags = new TreeMap<>();

    public TiffSample(int width, int height, boolean littleEndian) {
        this.width = width;
        this.height = height;
        this.order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** EXIF data that say an orientation. */
    static byte[] exif(int orientation, boolean littleEndian) {
        TiffSample exif = new TiffSample(0, 0, littleEndian).oriented(orientation);
        return exif.file(exif.tags, new byte[0]);
    }

    TiffSample oriented(int value) {
        return with(274, value);
    }

    /** A sample whose directory says this too, or instead. */
    public TiffSample with(int tag, int value) {
        tags.put(tag, value);
        return this;
    }

    /** A grey picture of 16 bits. */
    public byte[] grey16(IntUnaryOperator values) {
        ByteBuffer pixels = ByteBuffer.allocate(2 * width * height).order(order);
        for (int i = 0; i < width * height; i++) {
            pixels.putShort((short) values.applyAsInt(i));
        }
        return picture(16, pixels.array());
    }

    /** A grey picture of 8 bits. */
    byte[] grey8(IntUnaryOperator values) {
        return packedGrey(8, values);
    }

    /**
     * A grey picture of any number of bits, packed from the highest bit; rows begin at whole bytes.
     */
    public byte[] packedGrey(int bits, IntUnaryOperator values) {
        int rowBytes = (bits * width + Byte.SIZE - 1) / Byte.SIZE;
        byte[] pixels = new byte[rowBytes * height];
        for (int i = 0; i < width * height; i++) {
            int start = Byte.SIZE * rowBytes * (i / width) + bits * (i % width);
            for (int bit = 0; bit < bits; bit++) {
                long value = (long) values.applyAsInt(i) >> (bits - 1 - bit) & 1;
                pixels[(start + bit) / Byte.SIZE] |= (byte) (value << (7 - (start + bit) % 8));
            }
        }
        return picture(bits, pixels);
    }

    private byte[] picture(int bits, byte[] pixels) {
        SortedMap<Integer, Integer> entries = new TreeMap<>();
        entries.put(256, width);
        entries.put(257, height);
        entries.put(258, bits);
        entries.put(259, 1);
        entries.put(262, 1);
        entries.put(273, 0);
        entries.put(277, 1);
        entries.put(278, height);
        entries.put(279, pixels.length);
        entries.putAll(tags);
        entries.put(273, pixelsOffset(entries));
        return file(entries, pixels);
    }

    private static int pixelsOffset(SortedMap<Integer, Integer> entries) {
        return HEADER_BYTES + 6 + ENTRY_BYTES * entries.size();
    }

    private byte[] file(SortedMap<Integer, Integer> entries, byte[] pixels) {
        ByteBuffer file = ByteBuffer.allocate(pixelsOffset(entries) + pixels.length).order(order);
        byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        file.put(mark).put(mark).putShort((short) 42).putInt(HEADER_BYTES);
        file.putShort((short) entries.size());
        entries.forEach(
                (tag, value) -> {
                    file.putShort((short) (int) tag).putShort((short) SHORT).putInt(1);
                    file.putShort((short) (int) value).putShort((short) 0);
                });
        return file.putInt(0).put(pixels).array();
    }
}
