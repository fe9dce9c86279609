package io.liftstream.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes and reads NumPy's {@code .npy} files, format 1.0, little-endian, row-major: how depth maps
 * are exchanged with Python.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREFIX_BYTES = MAGIC.length + Short.BYTES;

    /** NumPy pads the header so that the data is aligned. */
    private static final int ALIGNMENT = 64;

    private static final Pattern HEADER =
            Pattern.compile(
                    "\\{'descr': '([<|][fui][1248])', 'fortran_order': False,"
                            + " 'shape': \\(([0-9, ]*)\\), *\\}\\s*");

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
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(encode(values, shape));
        }
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
     * @return its array
     * @throws IOException for bytes that are no such file, saying what is wrong
     */
    public static NpyArray decode(byte[] file) throws IOException {
        if (file.length < PREFIX_BYTES || !Arrays.equals(file, 0, 8, MAGIC, 0, 8)) {
            throw new IOException("the file does not begin like a .npy file of format 1.0");
        }
        int start = PREFIX_BYTES + ((file[8] & 0xff) | ((file[9] & 0xff) << 8));
        Matcher header =
                HEADER.matcher(
                        new String(
                                file,
                                PREFIX_BYTES,
                                Math.min(start, file.length) - PREFIX_BYTES,
                                StandardCharsets.ISO_8859_1));
        if (start > file.length || !header.matches()) {
            throw new IOException(
                    "the header is not that of a little-endian row-major array of numbers");
        }
        int[] shape = shape(header.group(2));
        int elementBytes = header.group(1).charAt(2) - '0';
        if (elements(shape) * elementBytes != file.length - start) {
            throw new IOException(
                    "shape "
                            + Arrays.toString(shape)
                            + " of "
                            + header.group(1)
                            + " does not take the "
                            + (file.length - start)
                            + " bytes that follow");
        }
        return new NpyArray(header.group(1), shape, Arrays.copyOfRange(file, start, file.length));
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

    private static int[] shape(String text) throws IOException {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(String::trim)
                    .filter(dimension -> !dimension.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("shape (" + text + ") is not a list of lengths", e);
        }
    }

    private static long elements(int[] shape) {
        long elements = 1;
        for (int length : shape) {
            elements = Math.multiplyExact(elements, length);
        }
        return elements;
    }
}
