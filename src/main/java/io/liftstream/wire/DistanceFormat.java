package io.liftstream.wire;

/** How the distances of pixels are written into results. */
public enum DistanceFormat {
    /** Not at all. */
    NONE(null, 0),
    /** Little-endian float32 metres; NaN where there is none. */
    METRES("32FC1", Float.BYTES),
    /** Little-endian uint16 millimetres; 0 where there is none, and beyond 65.535 m. */
    MILLIMETRES("16UC1", Short.BYTES);

    private final String encoding;
    private final int bytesPerPixel;

    DistanceFormat(String encoding, int bytesPerPixel) {
        this.encoding = encoding;
        this.bytesPerPixel = bytesPerPixel;
    }

    /** The name of the pixels' type in ROS and Foxglove. */
    String encoding() {
        return encoding;
    }

    int bytesPerPixel() {
        return bytesPerPixel;
    }
}
