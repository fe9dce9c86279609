package io.liftstream.lifting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The distance of each pixel along the optical axis, as the cloud has it: none where it has no
 * point for its distance. Valid until the next image is lifted.
 */
public final class PixelDistances {
    private static final double MILLIMETRES_PER_METRE = 1000;
    private static final int LARGEST_MILLIMETRES = 65535;

    private final float[] metres;
    private final int pixels;
    private final float end;

    /**
     * @param metres row-major, at least as many values as pixels; not copied
     * @param depthTrunc metres from which there is no distance
     */
    PixelDistances(float[] metres, int pixels, double depthTrunc) {
        this.metres = metres;
        this.pixels = pixels;
        this.end = Unprojector.end(depthTrunc);
    }

    /** {@return the number of pixels} */
    public int pixels() {
        return pixels;
    }

    /**
     * Writes little-endian float32 metres, row-major; NaN where there is no distance.
     *
     * @param target gets 4 bytes a pixel
     * @param offset of the first
     */
    public void packMetres(byte[] target, int offset) {
        ByteBuffer values = littleEndian(target, offset);
        for (int i = 0; i < pixels; i++) {
            values.putFloat(metres(i));
        }
    }

    /**
     * Writes little-endian uint16 millimetres, row-major; 0 where there is no distance, and beyond
     * 65.535 m.
     *
     * @param target gets 2 bytes a pixel
     * @param offset of the first
     */
    public void packMillimetres(byte[] target, int offset) {
        ByteBuffer values = littleEndian(target, offset);
        for (int i = 0; i < pixels; i++) {
            values.putShort((short) millimetres(metres(i)));
        }
    }

    /**
     * {@return a distance as millimetres from 1 to 65535; 0 for none, and for one beyond that}
     *
     * @param metres NaN for none
     */
    public static int millimetres(double metres) {
        // NaN rounds to 0, which must not become the 1 of what is very near.
        long rounded = metres > 0 ? Math.max(1, Math.round(metres * MILLIMETRES_PER_METRE)) : 0;
        return rounded <= LARGEST_MILLIMETRES ? (int) rounded : 0;
    }

    /** {@return metres in new memory; NaN where there is no distance} */
    float[] copy() {
        float[] values = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            values[i] = metres(i);
        }
        return values;
    }

    private float metres(int pixel) {
        float z = metres[pixel];
        return z > 0 && z < end ? z : Float.NaN;
    }

    private static ByteBuffer littleEndian(byte[] target, int offset) {
        return ByteBuffer.wrap(target, offset, target.length - offset)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
