package io.liftstream.image;

/** Decodes. */
public final class ImageDecoder {
    /** 50 million pixels. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    private final long maxPixels;

    /** Refuses images of more than this many pixels. */
    public ImageDecoder(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /** Decodes an image. */
    public RgbImage decode(byte[] encoded) {
        throw new UnsupportedOperationException(encoded.length + " of " + maxPixels);
    }
}
