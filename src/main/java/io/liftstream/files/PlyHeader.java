package io.liftstream.files;

import io.liftstream.frame.Axes;
import io.liftstream.frame.ForeignText;
import io.liftstream.lifting.PointCloud;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a PLY file's header says about its vertices, and how they are read with it. */
final class PlyHeader {
    private static final String FORMAT = "format binary_little_endian 1.0";
    private static final String END = "end_header\n";
    private static final int MAX_HEADER_BYTES = 64 << 10;
    private static final byte WHITE = (byte) 255;

    /** A scalar property: where it stands in a vertex, and its PLY type. */
    private record Property(int offset, String type) {}

    private final Map<String, Property> properties = new LinkedHashMap<>();
    private Axes axes = Axes.OPTICAL;
    private long vertices = -1;
    private int vertexBytes;
    private int bodyStart;
    private boolean inVertex;

    private PlyHeader() {}

    static PlyHeader read(byte[] file) throws IOException {
        String text =
                new String(
                        file,
                        0,
                        Math.min(file.length, MAX_HEADER_BYTES),
                        StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END);
        if (!text.startsWith("ply\n" + FORMAT + "\n") || end < 0) {
            throw new IOException(
                    "the file begins with no PLY header of \"" + FORMAT + "\": give such a file");
        }
        PlyHeader header = new PlyHeader();
        header.bodyStart = end + END.length();
        for (String line : text.substring(0, end).lines().skip(2).toList()) {
            header.readLine(ForeignText.printable(line));
        }
        header.requireUsable(file.length);
        return header;
    }

    Axes axes() {
        return axes;
    }

    /** The vertices as a cloud's bytes. */
    byte[] points(byte[] file) {
        byte[] data = new byte[(int) vertices * PointCloud.POINT_BYTES];
        ByteBuffer source = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer target = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < vertices; i++) {
            int vertex = bodyStart + i * vertexBytes;
            for (String name : List.of("x", "y", "z")) {
                target.putFloat(coordinate(source, vertex, properties.get(name)));
            }
            for (String name : List.of("red", "green", "blue", "alpha")) {
                Property property = properties.get(name);
                target.put(property == null ? WHITE : source.get(vertex + property.offset()));
            }
        }
        return data;
    }

    private void readLine(String line) throws IOException {
        String[] words = line.trim().split("\\s+", -1);
        switch (words[0]) {
            case "comment" -> readComment(line);
            case "element" -> readElement(words);
            case "property" -> readProperty(line, words);
            default -> {
                // obj_info and empty lines say nothing about the vertices.
            }
        }
    }

    private void readComment(String line) {
        for (Axes convention : Axes.values()) {
            if (PlyFile.axesComment(convention).equals(line + "\n")) {
                axes = convention;
            }
        }
    }

    private void readElement(String[] words) throws IOException {
        inVertex = vertices < 0;
        if (!inVertex) {
            return;
        }
        if (words.length != 3 || !words[1].equals("vertex") || !words[2].matches("\\d{1,10}")) {
            throw new IOException(
                    "the first element is \""
                            + String.join(" ", words)
                            + "\": must be \"element vertex\" and a count");
        }
        vertices = Long.parseLong(words[2]);
    }

    private void readProperty(String line, String[] words) throws IOException {
        if (!inVertex) {
            return;
        }
        int size = words.length == 3 ? sizeOf(words[1]) : 0;
        if (size == 0) {
            throw new IOException(
                    "vertices have \"" + line + "\": only scalar properties are read");
        }
        properties.put(usualName(words[2]), new Property(vertexBytes, words[1]));
        vertexBytes += size;
    }

    /** Blender and Poisson reconstruction write diffuse_red, other programs r. */
    private static String usualName(String name) {
        String plain = name.startsWith("diffuse_") ? name.substring("diffuse_".length()) : name;
        return switch (plain) {
            case "r" -> "red";
            case "g" -> "green";
            case "b" -> "blue";
            case "a" -> "alpha";
            default -> plain;
        };
    }

    private void requireUsable(int fileBytes) throws IOException {
        for (String name : List.of("x", "y", "z")) {
            requireType(name, true, List.of("float", "float32", "double", "float64"));
        }
        boolean coloured =
                properties.containsKey("red")
                        || properties.containsKey("green")
                        || properties.containsKey("blue");
        for (String name : List.of("red", "green", "blue")) {
            requireType(name, coloured, List.of("uchar", "uint8"));
        }
        requireType("alpha", false, List.of("uchar", "uint8"));
        if (vertices * vertexBytes > fileBytes - bodyStart
                || vertices > Integer.MAX_VALUE / PointCloud.POINT_BYTES) {
            throw new IOException(
                    "the header promises "
                            + vertices
                            + " vertices of "
                            + vertexBytes
                            + " bytes, but "
                            + (fileBytes - bodyStart)
                            + " bytes follow: the file is truncated or damaged");
        }
    }

    private void requireType(String name, boolean required, List<String> types) throws IOException {
        Property property = properties.get(name);
        if (property == null ? required : !types.contains(property.type())) {
            String found = property == null ? "missing" : property.type();
            throw new IOException(
                    "vertex property " + name + " is " + found + ": must be one of " + types);
        }
    }

    private static float coordinate(ByteBuffer source, int vertex, Property property) {
        int index = vertex + property.offset();
        return property.type().startsWith("float") && !property.type().equals("float64")
                ? source.getFloat(index)
                : (float) source.getDouble(index);
    }

    private static int sizeOf(String type) {
        return switch (type) {
            case "char", "uchar", "int8", "uint8" -> 1;
            case "short", "ushort", "int16", "uint16" -> 2;
            case "int", "uint", "int32", "uint32", "float", "float32" -> 4;
            case "double", "float64" -> 8;
            default -> 0;
        };
    }
}
