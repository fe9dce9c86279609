package io.liftstream.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes and reads NumPy's {@code .npy} files: how depth maps are exchanged with Python. Written
 * are format 1.0, little-endian, row-major; read are numbers of any type, byte order, memory order
 * and version.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREFIX_BYTES = MAGIC.length + Short.BYTES;

    /** NumPy pads the header so that the data is aligned. */
    private static final int ALIGNMENT = 64;

    private NpyFile() {}

    /**
     * Writes float32 values of a shape to a file, replacing what was there.
     *
     * @param file the file
     * @param values row-major, as many as the shape says
     * @param shape length of each dimension, outermost first
     * @throws IOException where it cannot be written
     */
    public static void write(Path file, float[] values, int... shape) throws IOException {
        WholeFile.write(file, encode(values, shape));
    }

    /**
     * {@return the bytes of a file of float32 values}
     *
     * @param values row-major, as many as the shape says
     * @param shape length of each dimension, outermost first
     */
    public static byte[] encode(float[] values, int... shape) {
        if (elements(shape) != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + values.length);
        }
        byte[] header = header("<f4", shape);
        ByteBuffer file =
                ByteBuffer.allocate(
                                Math.addExact(
                                        header.length,
                                        Math.multiplyExact(values.length, Float.BYTES)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put(header);
        file.asFloatBuffer().put(values);
        return file.array();
    }

    /**
     * Reads a file; see {@link #decode}.
     *
     * @param file an {@code .npy} file
     * @return its array
     * @throws IOException where it cannot be read, or is no such file
     */
    public static NpyArray read(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    /**
     * Reads an array of integers or floats.
     *
     * @param file the bytes of an {@code .npy} file
     * @return its array, row-major and little-endian
     * @throws IOException for bytes that are no such file, saying what is wrong
     */
    public static NpyArray decode(byte[] file) throws IOException {
        NpyHeader header = NpyHeader.read(file);
        int elements = header.requireElements(file.length);
        String order = header.elementBytes() == 1 ? "|" : "<";
        return new NpyArray(
                order + header.type(), header.shape(), rowMajor(file, header, elements));
    }

    /**
     * {@return whether bytes begin like an {@code .npy} file of any version}
     *
     * @param file the bytes of a file
     */
    public static boolean begins(byte[] file) {
        return NpyHeader.begins(file);
    }

    /** The elements in C order and little-endian. */
    private static byte[] rowMajor(byte[] file, NpyHeader header, int elements) {
        int size = header.elementBytes();
        int start = header.dataStart();
        byte[] data = new byte[elements * size];
        int[] index = new int[header.shape().length];
        for (int i = 0; i < elements; i++) {
            int from =
                    start + (header.columnMajor() ? columnMajor(index, header.shape()) : i) * size;
            for (int b = 0; b < size; b++) {
                data[i * size + b] = file[header.bigEndian() ? from + size - 1 - b : from + b];
            }
            next(index, header.shape());
        }
        return data;
    }

    private static int columnMajor(int[] index, int[] shape) {
        int at = 0;
        for (int i = index.length - 1; i >= 0; i--) {
            at = at * shape[i] + index[i];
        }
        return at;
    }

    /** The next index in C order. */
    private static void next(int[] index, int[] shape) {
        for (int i = index.length - 1; i >= 0 && ++index[i] == shape[i]; i--) {
            index[i] = 0;
        }
    }

    /**
     * {@return what stands before the elements}
     *
     * @param type NumPy's name of the element type, for example {@code <f4}
     * @param shape length of each dimension, outermost first
     */
    public static byte[] header(String type, int... shape) {
        String dimensions =
                Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text =
                "{'descr': '"
                        + type
                        + "', 'fortran_order': False, 'shape': ("
                        + dimensions
                        + (shape.length == 1 ? ",), }" : "), }");
        int length = (PREFIX_BYTES + text.length()) / ALIGNMENT * ALIGNMENT + ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[8] = (byte) (length - PREFIX_BYTES);
        header[9] = (byte) ((length - PREFIX_BYTES) >> 8);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, PREFIX_BYTES, ascii.length);
        header[length - 1] = '\n';
        return header;
    }

    private static long elements(int[] shape) {
        long elements = 1;
        for (int length : shape) {
            elements = Math.multiplyExact(elements, length);
        }
        return elements;
    }
}
