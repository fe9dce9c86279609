package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import io.liftstream.frame.LiftingException;
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
