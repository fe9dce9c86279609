package io.liftstream.files;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The content of a NumPy file: values in row-major (C) order, little-endian, whatever they were in
 * the file.
 *
 * @param type NumPy's name of the element type, for example {@code <f4} or {@code |u1}
 * @param shape length of each dimension, outermost first; empty for a single value
 * @param data the elements' bytes; each call of {@link #elements} views them anew
 */
public record NpyArray(String type, int[] shape, byte[] data) {

    /** {@return the elements' bytes, to be read in little-endian order from position 0} */
    public ByteBuffer elements() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return the element type as NumPy's users know it, for example {@code float32}} */
    public String typeName() {
        return NpyHeader.nameOf(type.substring(1));
    }

    /** {@return whether the elements are integers} */
    public boolean isInteger() {
        return type.charAt(1) != 'f';
    }

    /** {@return the number of elements} */
    public int count() {
        return data.length / elementBytes();
    }

    private int elementBytes() {
        return type.charAt(2) - '0';
    }

    /**
     * {@return one element, exact but for integers beyond 2^53}
     *
     * @param index from 0, row-major
     */
    public double value(int index) {
        ByteBuffer bytes = elements();
        int at = index * elementBytes();
        return switch (type.substring(1)) {
            case "f2" -> Fp16Conversions.fp16ToFloat(bytes.getShort(at));
            case "f4" -> bytes.getFloat(at);
            case "f8" -> bytes.getDouble(at);
            case "i1" -> bytes.get(at);
            case "i2" -> bytes.getShort(at);
            case "i4" -> bytes.getInt(at);
            case "i8" -> bytes.getLong(at);
            case "u1" -> bytes.get(at) & 0xff;
            case "u2" -> bytes.getShort(at) & 0xffff;
            case "u4" -> bytes.getInt(at) & 0xffff_ffffL;
            case "u8" -> unsigned(bytes.getLong(at));
            default -> throw new IllegalStateException("no numbers: " + type);
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1 | (value & 1)) * 2.0;
    }

    /** {@return the elements of any type, each rounded to the nearest float32} */
    public float[] floats() {
        float[] values = new float[count()];
        if (type.equals("<f4")) {
            elements().asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(i);
        }
        return values;
    }
}
