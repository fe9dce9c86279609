package io.liftstream.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a PNG's rows (PNG, third edition, 7 to 10) to see that each is there and can be decoded;
 * keeps one at a time.
 */
final class PngPixels implements AutoCloseable {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;
    private static final int LAST_FILTER = 4;

    /** libpng's own limit of columns and rows. */
    private static final int MAX_SIDE = 1_000_000;

    /** Adam7: first column, first row, and steps of both, of each pass. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final EncodedBytes bytes;
    private final Inflater inflater = new Inflater();
    private final int width;
    private final int height;
    private final int colourType;
    private final int bitsPerPixel;
    private final int[][] passes;
    private int pass = -1;
    private int rowsLeft;
    private byte[] row;
    private int filled;

    private PngPixels(EncodedBytes bytes) {
        this.bytes = bytes;
        this.width = (int) bytes.u32BigEndian(16);
        this.height = (int) bytes.u32BigEndian(20);
        this.colourType = bytes.u8(25);
        this.bitsPerPixel = bytes.u8(24) * channels(colourType);
        this.passes = bytes.u8(28) == 0 ? ONE_PASS : PASSES;
        beginPass();
    }

    /**
     * The pixels that the header describes; none is there yet.
     *
     * @throws io.liftstream.frame.LiftingException where there is no such PNG
     */
    static PngPixels of(EncodedBytes bytes) {
        if (Math.max(bytes.u32BigEndian(16), bytes.u32BigEndian(20)) > MAX_SIDE) {
            throw bytes.unreadable("a PNG may have at most " + MAX_SIDE + " columns and rows");
        }
        boolean methods = bytes.u8(26) == 0 && bytes.u8(27) == 0 && bytes.u8(28) <= 1;
        if (!methods || !isDepth(bytes.u8(25), bytes.u8(24))) {
            throw bytes.unreadable("a PNG's header makes no sense; the file is damaged");
        }
        return new PngPixels(bytes);
    }

    private static boolean isDepth(int colourType, int bits) {
        boolean byteOrTwo = bits == 8 || bits == 16;
        boolean part = bits == 1 || bits == 2 || bits == 4;
        return switch (colourType) {
            case GREY -> byteOrTwo || part;
            case PALETTE -> bits == 8 || part;
            case RGB, GREY_ALPHA, RGB_ALPHA -> byteOrTwo;
            default -> false;
        };
    }

    private static int channels(int colourType) {
        return switch (colourType) {
            case RGB -> 3;
            case GREY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    /** Whether pixels are numbers of a palette's colours. */
    boolean indexed() {
        return colourType == PALETTE;
    }

    /**
     * Unpacks more data.
     *
     * @return how many of these bytes belong to the pixels
     */
    int add(int from, int length) {
        if (inflater.finished()) {
            return 0;
        }
        long before = inflater.getBytesRead();
        inflater.setInput(bytes.array(), from, length);
        try {
            while (!inflater.needsInput() && !inflater.finished()) {
                unpack();
            }
        } catch (DataFormatException e) {
            throw damaged(e);
        }
        return (int) (inflater.getBytesRead() - before);
    }

    private void unpack() throws DataFormatException {
        if (rowsLeft == 0) {
            // Nothing is left but the end of the stream and its checksum.
            if (inflater.inflate(new byte[1]) > 0 || inflater.needsDictionary()) {
                throw damaged(null);
            }
            return;
        }
        filled += inflater.inflate(row, filled, row.length - filled);
        if (inflater.needsDictionary()) {
            throw damaged(null);
        }
        if (filled == row.length) {
            if ((row[0] & 0xff) > LAST_FILTER) {
                throw damaged(null);
            }
            filled = 0;
            if (--rowsLeft == 0) {
                beginPass();
            }
        }
    }

    /** Goes to the next pass that has pixels; small pictures have none in some. */
    private void beginPass() {
        while (rowsLeft == 0 && ++pass < passes.length) {
            int columns = steps(width, passes[pass][0], passes[pass][2]);
            int rows = steps(height, passes[pass][1], passes[pass][3]);
            if (columns > 0 && rows > 0) {
                rowsLeft = rows;
                row = new byte[1 + (int) (((long) columns * bitsPerPixel + 7) / 8)];
            }
        }
    }

    private static int steps(int length, int first, int step) {
        return (length - first + step - 1) / step;
    }

    /** Refuses pixels that are not all there. */
    void requireAll() {
        if (!inflater.finished() || rowsLeft > 0) {
            throw bytes.unreadable("a PNG's pixels are not all there, the file is truncated");
        }
    }

    private RuntimeException damaged(Exception cause) {
        return bytes.unreadable("a PNG's pixels cannot be unpacked; the file is damaged", cause);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
