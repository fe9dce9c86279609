package io.liftstream.files;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes {@code .npy} files as NumPy can write them, of any type, order and version. */
public final class NumpyFile {
    private final String type;
    private boolean columnMajor;
    private int version = 1;
    private String header;

    /** Files of elements of this type, with its byte order, for example {@code >f4}. */
    public NumpyFile(String type) {
        this.type = type;
    }

    /** Sets whether columns are stored one after the other (Fortran order). */
    public NumpyFile columnMajor(boolean value) {
        columnMajor = value;
        return this;
    }

    /** Sets the version of the format, from 1 to 3. */
    public NumpyFile version(int value) {
        version = value;
        return this;
    }

    /** Sets the header's text, which otherwise follows from all the rest. */
    public NumpyFile header(String value) {
        header = value;
        return this;
    }

    /** The file of values in row-major order. */
    public byte[] of(double[] values, int... shape) {
        String plain = type.replaceFirst("^[<>|=]", "");
        int size = plain.charAt(1) - '0';
        byte[] text = (header != null ? header : text(shape)).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(12 + text.length + values.length * size);
        file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        file.put((byte) version).put((byte) 0).order(ByteOrder.LITTLE_ENDIAN);
        if (version == 1) {
            file.putShort((short) text.length);
        } else {
            file.putInt(text.length);
        }
        file.put(text);
        file.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            put(file, plain, values[columnMajor ? rowMajorIndex(i, shape) : i]);
        }
        byte[] bytes = new byte[file.position()];
        file.rewind().get(bytes);
        return bytes;
    }

    /** Where the element stands in row-major order that is i-th in column-major order. */
    private static int rowMajorIndex(int i, int[] shape) {
        int rest = i;
        int[] index = new int[shape.length];
        for (int d = 0; d < shape.length; d++) {
            index[d] = rest % shape[d];
            rest /= shape[d];
        }
        int at = 0;
        for (int d = 0; d < shape.length; d++) {
            at = at * shape[d] + index[d];
        }
        return at;
    }

    private String text(int[] shape) {
        StringBuilder lengths = new StringBuilder();
        for (int length : shape) {
            lengths.append(length).append(", ");
        }
        return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }      \n"
                .formatted(type, columnMajor ? "True" : "False", lengths);
    }

    private static void put(ByteBuffer file, String plain, double value) {
        switch (plain) {
            case "f2" -> file.putShort(Fp16Conversions.floatToFp16((float) value));
            case "f4" -> file.putFloat((float) value);
            case "f8" -> file.putDouble(value);
            case "i1", "u1" -> file.put((byte) (long) value);
            case "i2", "u2" -> file.putShort((short) (long) value);
            case "i4", "u4" -> file.putInt((int) (long) value);
            case "i8", "u8" -> file.putLong((long) value);
            default -> throw new IllegalArgumentException(plain);
        }
    }
}
