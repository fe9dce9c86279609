package io.liftstream.files.draco;

import io.liftstream.frame.LiftingException;
import java.nio.ByteBuffer;

/**
 * The grid to which coordinates are rounded. Its step is a power of two, and its origin a multiple
 * of the step: so quantized coordinates are exact in float32, any two decoders read the same, and a
 * point that stands still keeps its coordinates while others come and go.
 *
 * @param originX metres
 * @param originY metres
 * @param originZ metres
 * @param step metres from one coordinate to the next
 */
record PositionGrid(float originX, float originY, float originZ, float step) {
    private static final int LARGEST = (1 << DracoLayout.POSITION_BITS) - 1;

    /** 1 micrometre. */
    private static final int SMALLEST_EXPONENT = -20;

    /** Coordinates beyond it, metres, have no grid. */
    static final float MAX_COORDINATE = 1e30f;

    /** Bytes that {@link #put} writes. */
    static final int BYTES = 4 * Float.BYTES + 1;

    /**
     * The finest grid that holds a box. Its origin may lie up to a step before the box.
     *
     * @param least the box's least corner, metres
     * @param largest the opposite one
     */
    static PositionGrid around(float[] least, float[] largest) {
        double side = 0;
        for (int axis = 0; axis < DracoLayout.COMPONENTS; axis++) {
            side = Math.max(side, (double) largest[axis] - least[axis]);
        }
        int exponent = SMALLEST_EXPONENT;
        if (side > 0) {
            exponent = Math.max(exponent, Math.getExponent(side / (LARGEST - 1)));
        }
        if (Math.scalb((double) (LARGEST - 1), exponent) < side) {
            exponent++;
        }
        float step = Math.scalb(1f, exponent);
        return new PositionGrid(
                before(least[0], step), before(least[1], step), before(least[2], step), step);
    }

    /** A float of 24 bits that is finer than the step holds any multiple of it. */
    private static float before(float least, float step) {
        return (float) (Math.floor((double) least / step) * step);
    }

    /** Writes it as the quantization of an attribute. */
    void put(ByteBuffer target) {
        target.putFloat(originX).putFloat(originY).putFloat(originZ);
        target.putFloat(LARGEST * step).put((byte) DracoLayout.POSITION_BITS);
    }

    /**
     * Reads one.
     *
     * @throws LiftingException where it is another's quantization
     */
    static PositionGrid read(ByteBuffer source) {
        float x = source.getFloat();
        float y = source.getFloat();
        float z = source.getFloat();
        float range = source.getFloat();
        int bits = source.get();
        if (bits != DracoLayout.POSITION_BITS || !(range > 0 && range < Float.MAX_VALUE)) {
            throw DracoLayout.unreadable(
                    "quantization",
                    range + " in " + bits + " bits",
                    "must be a length in " + DracoLayout.POSITION_BITS);
        }
        return new PositionGrid(x, y, z, range / LARGEST);
    }
}
