package io.liftstream.files;

import io.liftstream.image.Grey16Image;
import io.liftstream.lifting.SuppliedDepth;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Depth as ROS's {@code compressed_depth_image_transport} sends it: 12 bytes (a format, then the
 * two parameters of the quantisation as float32), then a PNG of 16 bits. Images of encoding 16UC1
 * are stored as they are. Those of 32FC1, metres, are quantised as inverse depth: {@code metres = a
 * / (level - b)}, and level 0 has no measurement.
 */
public final class CompressedDepth {
    private static final int HEADER_BYTES = 12;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Of a quantisation: its constant is one of a few thousands for metres of a room. */
    private static final float LARGEST_PARAMETER = 1e9f;

    private CompressedDepth() {}

    /**
     * {@return whether bytes begin like such a message's data}
     *
     * @param data the bytes of a file
     */
    public static boolean begins(byte[] data) {
        int end = HEADER_BYTES + PNG.length;
        return data.length >= end
                && ByteBuffer.wrap(data, HEADER_BYTES, PNG.length).equals(ByteBuffer.wrap(PNG));
    }

    /**
     * Reads a message's data.
     *
     * @param data what {@link #begins} is true of
     * @return raw values of 16UC1; metres of 32FC1, NaN where there is no measurement
     * @throws io.liftstream.frame.LiftingException UNREADABLE_IMAGE where no 16-bit PNG follows
     */
    public static SuppliedDepth decode(byte[] data) {
        ByteBuffer header = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        float a = header.getFloat(4);
        float b = header.getFloat(8);
        byte[] png = new byte[data.length - HEADER_BYTES];
        System.arraycopy(data, HEADER_BYTES, png, 0, png.length);
        Grey16Image levels = PngDepthImage.decode(png);
        return isQuantised(a, b)
                ? new SuppliedDepth.Floats(levels.width(), levels.height(), metres(levels, a, b))
                : new SuppliedDepth.Raw(levels.width(), levels.height(), levels.values());
    }

    /**
     * The encoder takes a = q (q + 1) and b = 1 - a / (largest depth). It leaves both as they were
     * in memory for 16UC1, in ROS 1: zeros or anything.
     */
    private static boolean isQuantised(float a, float b) {
        return a >= 1 && a <= LARGEST_PARAMETER && b <= 1 && b >= -LARGEST_PARAMETER;
    }

    private static float[] metres(Grey16Image levels, float a, float b) {
        float[] metres = new float[levels.values().length];
        for (int i = 0; i < metres.length; i++) {
            int level = levels.values()[i] & 0xffff;
            metres[i] = level == 0 ? Float.NaN : a / (level - b);
        }
        return metres;
    }
}
