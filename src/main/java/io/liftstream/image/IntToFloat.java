package io.liftstream.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Turns small integers into floats by their bits: the compiler has no vector instructions for the
 * conversion, but for all that is done here. Keeps its scratch memory; not thread safe.
 */
final class IntToFloat {
    /** The bits of 2^23, where float32 has exactly the integers: adding n to them adds n. */
    private static final int INTEGERS_BITS = 0x4B00_0000;

    private static final float INTEGERS = 0x1p23f;

    private final int[] bits;
    private final IntBuffer asInts;
    private final FloatBuffer asFloats;

    /** Has room for so many values. */
    IntToFloat(int count) {
        ByteBuffer bytes =
                ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.nativeOrder());
        bits = new int[count];
        asInts = bytes.asIntBuffer();
        asFloats = bytes.asFloatBuffer();
    }

    /** Takes all values, each from 0 to 2^23 - 1. */
    void set(int[] levels) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] = levels[i] + INTEGERS_BITS;
        }
        asInts.put(0, bits);
    }

    /** Fills an array with the values from an index on. */
    void get(int from, float[] values) {
        asFloats.get(from, values);
        for (int i = 0; i < values.length; i++) {
            values[i] -= INTEGERS;
        }
    }
}
