package io.liftstream.files;

import io.liftstream.frame.CameraId;
import io.liftstream.frame.ForeignText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the elements of an {@code .npy} file: <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's format</a>,
 * versions 1 to 3.
 *
 * @param type the element type without its byte order, for example {@code f4}
 * @param bigEndian whether the most significant byte of an element comes first
 * @param columnMajor whether the first index runs fastest (Fortran order)
 * @param shape length of each dimension, outermost first
 * @param dataStart offset of the first element
 */
record NpyHeader(String type, boolean bigEndian, boolean columnMajor, int[] shape, int dataStart) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION_AT = MAGIC.length;
    private static final int LENGTH_AT = VERSION_AT + 2;

    private static final List<String> TYPES =
            List.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8");

    private static final Pattern TYPE = entry("descr", "(?:'([^']*)'|\"([^\"]*)\")");
    private static final Pattern ORDER = entry("fortran_order", "(True|False)");

    // Python 2 wrote long integers with an L.
    private static final Pattern SHAPE = entry("shape", "\\(([\\d\\sL,]*)\\)");

    private static Pattern entry(String key, String value) {
        return Pattern.compile("['\"]" + key + "['\"]\\s*:\\s*" + value);
    }

    /** Whether a file begins as all versions do. */
    static boolean begins(byte[] file) {
        return file.length >= LENGTH_AT
                && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static NpyHeader read(byte[] file) throws IOException {
        if (!begins(file)) {
            throw new IOException("the file does not begin like a .npy file");
        }
        int version = file[VERSION_AT];
        if (version < 1 || version > 3) {
            throw new IOException("the .npy format is version " + version + ": must be 1, 2 or 3");
        }
        int lengthBytes = version == 1 ? 2 : 4;
        int textStart = LENGTH_AT + lengthBytes;
        long length = 0;
        for (int i = Math.min(textStart, file.length) - 1; i >= LENGTH_AT; i--) {
            length = length << 8 | (file[i] & 0xff);
        }
        if (textStart + length > file.length) {
            throw new IOException(
                    "the file ends within its header, after "
                            + file.length
                            + " bytes: it is cut off");
        }
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return parse(new String(file, textStart, (int) length, charset), textStart + (int) length);
    }

    private static NpyHeader parse(String text, int dataStart) throws IOException {
        Matcher type = TYPE.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find()) {
            throw new IOException(
                    "the elements are records of several fields: save one of them,"
                            + " arr['depth'].astype(np.float32)");
        }
        if (!order.find() || !shape.find()) {
            throw new IOException("the header is not NumPy's: " + CameraId.quoted(text.strip()));
        }
        String described = type.group(1) != null ? type.group(1) : type.group(2);
        boolean hasOrder = !described.isEmpty() && "<>|=".indexOf(described.charAt(0)) >= 0;
        return new NpyHeader(
                requireNumbers(hasOrder ? described.substring(1) : described),
                described.startsWith(">"),
                order.group(1).equals("True"),
                lengths(shape.group(1)),
                dataStart);
    }

    private static String requireNumbers(String type) throws IOException {
        if (TYPES.contains(type)) {
            return type;
        }
        throw new IOException(
                "the elements are "
                        + nameOf(type)
                        + ": must be integers or floats of at most 64 bits,"
                        + " arr.astype(np.float32)");
    }

    /** The name by which NumPy's users know a type, for example {@code float32}. */
    static String nameOf(String type) {
        if (type.equals("b1")) {
            return "bool";
        }
        if (type.equals("O")) {
            return "Python objects";
        }
        String kind =
                switch (type.isEmpty() ? ' ' : type.charAt(0)) {
                    case 'f' -> "float";
                    case 'i' -> "int";
                    case 'u' -> "uint";
                    case 'c' -> "complex";
                    default -> null;
                };
        return kind != null && type.matches("[a-z]\\d{1,2}")
                ? kind + 8 * Integer.parseInt(type.substring(1))
                : "of type " + ForeignText.printable(type);
    }

    private static int[] lengths(String text) throws IOException {
        try {
            return Arrays.stream(text.replace("L", "").split(","))
                    .map(String::trim)
                    .filter(length -> !length.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("shape (" + text + ") is larger than any array in memory", e);
        }
    }

    /** Bytes of one element. */
    int elementBytes() {
        return type.charAt(1) - '0';
    }

    /** The number of elements, which the file must hold exactly. */
    int requireElements(int fileBytes) throws IOException {
        long available = (long) fileBytes - dataStart;
        long elements = 1;
        for (int length : shape) {
            elements *= length;
            if (elements > Integer.MAX_VALUE) {
                break;
            }
        }
        if (elements * elementBytes() != available) {
            throw new IOException(
                    "shape "
                            + Arrays.toString(shape)
                            + " of "
                            + nameOf(type)
                            + " does not take the "
                            + available
                            + " bytes that follow: the file is cut off or damaged");
        }
        return (int) elements;
    }
}
