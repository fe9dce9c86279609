package io.liftstream.files.draco;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What all our Draco clouds have in common: the header of a point cloud in sequential encoding,
 * which keeps the order of the points, and two attributes, POSITION (three quantized float32) and
 * COLOR (three normalized uint8).
 */
final class DracoLayout {
    /** Bits of a quantized coordinate. */
    static final int POSITION_BITS = 14;

    /** Bits of a colour. */
    static final int COLOUR_BITS = 8;

    /** Values of either attribute for a point. */
    static final int COMPONENTS = 3;

    private static final byte POINT_CLOUD = 0;
    private static final byte SEQUENTIAL = 0;
    private static final byte NO_FLAGS = 0;
    private static final byte ONE_DECODER = 1;
    private static final byte TWO_ATTRIBUTES = 2;
    private static final byte POSITION = 0;
    private static final byte COLOR = 2;
    private static final byte UINT8 = 2;
    private static final byte FLOAT32 = 9;
    private static final byte NORMALIZED = 1;
    private static final byte GENERIC = 0;
    private static final byte INTEGER = 1;
    private static final byte QUANTIZED = 2;
    private static final byte DIFFERENCE = 0;
    private static final byte WRAPPED = 1;
    private static final byte ENTROPY_CODED = 1;
    private static final byte RAW_SYMBOLS = 1;

    /** Magic, version of the bitstream, kind of file. */
    private static final byte[] HEADER = {
        'D', 'R', 'A', 'C', 'O', 2, 3, POINT_CLOUD, SEQUENTIAL, NO_FLAGS, NO_FLAGS
    };

    /** Of each attribute: type, type and number of its values, whether normalized, number. */
    private static final byte[] ATTRIBUTES = {
        ONE_DECODER,
        TWO_ATTRIBUTES,
        POSITION,
        FLOAT32,
        COMPONENTS,
        0,
        0,
        COLOR,
        UINT8,
        COMPONENTS,
        NORMALIZED,
        1
    };

    private static final byte[] CODINGS = {QUANTIZED, INTEGER};

    /** Google's decoder reads no other coding where there are no values. */
    private static final byte[] CODINGS_OF_NO_POINTS = {GENERIC, GENERIC};

    /** Each value is predicted to be that of the point before. */
    private static final byte[] VALUES = {DIFFERENCE, WRAPPED, ENTROPY_CODED, RAW_SYMBOLS};

    /** Bytes before the values. */
    static final int HEAD_BYTES =
            HEADER.length + Integer.BYTES + ATTRIBUTES.length + CODINGS.length;

    /** Bytes of an attribute's values besides its symbols. */
    static final int VALUES_BYTES = VALUES.length + 2 * Integer.BYTES;

    private DracoLayout() {}

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes what stands before the values; without points, that is all. */
    static void putHead(ByteBuffer target, int points) {
        target.put(HEADER).putInt(points).put(ATTRIBUTES).put(codings(points));
    }

    private static byte[] codings(int points) {
        return points == 0 ? CODINGS_OF_NO_POINTS : CODINGS;
    }

    /**
     * Reads what stands before the values.
     *
     * @return the number of points as it stands there, unchecked
     */
    static int points(ByteBuffer source) {
        require(source, HEADER, "header");
        int points = source.getInt();
        require(source, ATTRIBUTES, "attributes");
        require(source, codings(points), "coding");
        return points;
    }

    /** Writes how an attribute's values are written. */
    static void putValues(ByteBuffer target) {
        target.put(VALUES);
    }

    /** Reads it. */
    static void requireValues(ByteBuffer source) {
        require(source, VALUES, "prediction");
    }

    /** Writes between what bounds the values of an attribute lie. */
    static void putBounds(ByteBuffer target, int bits) {
        target.putInt(0).putInt((1 << bits) - 1);
    }

    /** Reads them. */
    static void requireBounds(ByteBuffer source, int bits) {
        ByteBuffer bounds = littleEndian(new byte[2 * Integer.BYTES]);
        putBounds(bounds, bits);
        require(source, bounds.array(), "bounds");
    }

    private static void require(ByteBuffer source, byte[] ours, String what) {
        byte[] found = new byte[ours.length];
        source.get(found);
        if (!Arrays.equals(found, ours)) {
            throw unreadable(what, Arrays.toString(found), "must be " + Arrays.toString(ours));
        }
    }

    /** The fault of a cloud that cannot be read. */
    static LiftingException unreadable(String what, Object value, String remedy) {
        return new LiftingException(
                RejectionReason.INVALID_COMMAND, what + " of the Draco cloud", value, remedy);
    }
}
