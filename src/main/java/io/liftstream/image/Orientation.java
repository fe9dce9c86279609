package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import io.liftstream.frame.LiftingException;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What is to be done with stored pixels so that the picture stands upright: EXIF's Orientation, in
 * the order of its values 1 to 8 (CIPA DC-008, tag 274).
 */
public enum Orientation {
    /** Nothing. */
    UPRIGHT(false, null),
    /** Left and right change places. */
    MIRROR(false, Flip.COLUMNS),
    /** Half a turn. */
    HALF_TURN(false, Flip.BOTH),
    /** Top and bottom change places. */
    FLIP(false, Flip.ROWS),
    /** Rows become columns. */
    TRANSPOSE(true, null),
    /** A quarter turn clockwise. */
    TURN_RIGHT(true, Flip.COLUMNS),
    /** Rows become columns, and half a turn. */
    TRANSVERSE(true, Flip.BOTH),
    /** A quarter turn counter-clockwise. */
    TURN_LEFT(true, Flip.ROWS);

    private final boolean transposes;
    private final Integer flip;

    Orientation(boolean transposes, Integer flip) {
        this.transposes = transposes;
        this.flip = flip;
    }

    /**
     * What EXIF data say. Cameras and editors write broken ones, which spoil no picture: these say
     * nothing, as other values do.
     *
     * @param exif a TIFF without a picture
     */
    static Orientation ofExif(EncodedBytes exif) {
        try {
            return TiffStructure.orientation(exif);
        } catch (LiftingException e) {
            return UPRIGHT;
        }
    }

    /** What a value of the tag means; values that it has not mean nothing. */
    static Orientation of(long value) {
        return value >= 1 && value <= values().length ? values()[(int) value - 1] : UPRIGHT;
    }

    /** Whether width and height change places. */
    boolean transposes() {
        return transposes;
    }

    /**
     * {@return what places a stored picture as a matrix says: columns and rows, from the middle, go
     * to {@code (a x + c y, b x + d y)}; empty where the matrix does more than to turn by quarters
     * and to mirror}
     *
     * @param a how much a column adds to the column
     * @param b how much a column adds to the row, downwards
     * @param c how much a row adds to the column
     * @param d how much a row adds to the row
     */
    public static Optional<Orientation> ofMatrix(int a, int b, int c, int d) {
        for (Orientation orientation : values()) {
            int x = orientation.flipsColumns() ? -1 : 1;
            int y = orientation.flipsRows() ? -1 : 1;
            boolean same =
                    orientation.transposes
                            ? a == 0 && d == 0 && c == x && b == y
                            : b == 0 && c == 0 && a == x && d == y;
            if (same) {
                return Optional.of(orientation);
            }
        }
        return Optional.empty();
    }

    private boolean flipsColumns() {
        return flip != null && flip != Flip.ROWS;
    }

    private boolean flipsRows() {
        return flip != null && flip != Flip.COLUMNS;
    }

    /**
     * {@return the upright picture}
     *
     * @param stored the picture as it is stored
     */
    public RgbImage upright(RgbImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = transposes ? stored.height() : stored.width();
        int height = transposes ? stored.width() : stored.height();
        byte[] upright = new byte[stored.rgb().length];
        for (int y = 0; y < height; y++) {
            int row = flipsRows() ? height - 1 - y : y;
            for (int x = 0; x < width; x++) {
                int column = flipsColumns() ? width - 1 - x : x;
                int from = transposes ? column * stored.width() + row : row * width + column;
                System.arraycopy(stored.rgb(), 3 * from, upright, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, upright);
    }

    /** The upright picture; the caller closes it. */
    @SuppressWarnings("UnsafeFinalization") // A constant has nothing that is finalized.
    Mat upright(Mat stored) {
        Mat upright = new Mat();
        if (transposes) {
            transpose(stored, upright);
        } else {
            stored.copyTo(upright);
        }
        if (flip != null) {
            flip(upright, upright, flip);
        }
        return upright;
    }

    /** OpenCV's codes. */
    private static final class Flip {
        private static final int COLUMNS = 1;
        private static final int ROWS = 0;
        private static final int BOTH = -1;
    }
}
