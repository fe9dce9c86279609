package io.liftstream.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The content of a NumPy file: values in row-major (C) order.
 *
 * @param type NumPy's name of the element type, for example {@code <f4}
 * @param shape length of each dimension, outermost first; empty for a single value
 * @param data the elements' bytes; each call of {@link #elements} views them anew
 */
@SuppressWarnings("ArrayRecordComponent") // Elements are passed on, never compared as a record.
public record NpyArray(String type, int[] shape, byte[] data) {

    /** {@return the elements' bytes, to be read in little-endian order from position 0} */
    public ByteBuffer elements() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * {@return the elements of a float32 array}
     *
     * @throws IllegalStateException for any other type
     */
    public float[] floats() {
        requireType("<f4");
        float[] values = new float[data.length / Float.BYTES];
        elements().asFloatBuffer().get(values);
        return values;
    }

    /**
     * {@return the elements of a uint16 array, each short unsigned}
     *
     * @throws IllegalStateException for any other type
     */
    public short[] unsignedShorts() {
        requireType("<u2");
        short[] values = new short[data.length / Short.BYTES];
        elements().asShortBuffer().get(values);
        return values;
    }

    private void requireType(String wanted) {
        if (!type.equals(wanted)) {
            throw new IllegalStateException("element type is " + type + ": must be " + wanted);
        }
    }
}
