package io.liftstream.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JPEG files with EXIF data, as phones and cameras that were held upright write them. */
public final class ExifJpeg {
    private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;

    private ExifJpeg() {}

    /**
     * The file with an orientation.
     *
     * @param value of the tag; 6 is a quarter turn clockwise
     */
    public static byte[] oriented(byte[] jpeg, int value) {
        ByteBuffer exif = ByteBuffer.allocate(26);
        exif.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) ORIENTATION).putShort((short) SHORT).putInt(1);
        exif.putShort((short) value).putShort((short) 0).putInt(0);
        return with(jpeg, exif.array());
    }

    /** The file with these data behind its start marker. */
    public static byte[] with(byte[] jpeg, byte[] exif) {
        ByteBuffer segment = ByteBuffer.allocate(4 + NAME.length + exif.length);
        segment.putShort((short) 0xffe1).putShort((short) (segment.capacity() - 2));
        segment.put(NAME).put(exif);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        file.writeBytes(segment.array());
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }
}
