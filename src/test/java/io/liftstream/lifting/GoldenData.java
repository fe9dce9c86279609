package io.liftstream.lifting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.files.NpyArray;
import io.liftstream.files.NpyFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** Reads the numbers that the original code produced; see the README beside them. */
public final class GoldenData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenData() {}

    /** Names of the cases of one kind, in the order of the index. */
    public static Stream<String> namesOf(String kind) {
        return StreamSupport.stream(json("cases.json").get("cases").spliterator(), false)
                .filter(one -> one.get("kind").asText().equals(kind))
                .map(one -> one.get("name").asText());
    }

    /** What the index says about a case. */
    public static JsonNode indexOf(String name) {
        return StreamSupport.stream(json("cases.json").get("cases").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether there is such a file. */
    public static boolean has(String path) {
        return GoldenData.class.getResource("/golden/" + path) != null;
    }

    /** A file's bytes. */
    public static byte[] bytes(String path) {
        try (InputStream file = GoldenData.class.getResourceAsStream("/golden/" + path)) {
            if (file == null) {
                throw new IllegalArgumentException("no golden file " + path);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON file. */
    public static JsonNode json(String path) {
        try {
            return JSON.readTree(bytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A NumPy file. */
    public static NpyArray array(String path) {
        try {
            return NpyFile.decode(bytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The depth map of a handler case, plain or as the differences of its values' bits. */
    public static float[] depth(String folder) {
        if (has(folder + "/depth.npy")) {
            return array(folder + "/depth.npy").floats();
        }
        return fromDifferences(gunzip(bytes(folder + "/depth.delta.gz")));
    }

    /** The SHA-256 of bytes, lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SHA-256 of unsigned shorts in little-endian order. */
    public static String sha256(short[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(values);
        return sha256(bytes.array());
    }

    /** The SHA-256 of doubles in little-endian order, negative zero as zero. */
    public static String sha256(List<double[]> points) {
        ByteBuffer bytes =
                ByteBuffer.allocate(points.size() * 3 * Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (double[] point : points) {
            for (double coordinate : point) {
                bytes.putDouble(coordinate + 0.0);
            }
        }
        return sha256(bytes.array());
    }

    private static byte[] gunzip(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Four planes, lowest byte first, of the differences between successive values' bits. */
    private static float[] fromDifferences(byte[] planes) {
        int count = planes.length / 4;
        float[] values = new float[count];
        int bits = 0;
        for (int i = 0; i < count; i++) {
            bits +=
                    (planes[i] & 0xff)
                            | (planes[count + i] & 0xff) << 8
                            | (planes[2 * count + i] & 0xff) << 16
                            | planes[3 * count + i] << 24;
            values[i] = Float.intBitsToFloat(bits);
        }
        return values;
    }
}
