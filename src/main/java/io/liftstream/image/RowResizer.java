package io.liftstream.image;

/**
 * Resizes rows of interleaved 8-bit RGB along their length, two rows at once: a long carries the
 * sums of both, one in each half, so that one multiplication serves two pixels. No library offers
 * this rounding, and the compiler cannot vectorise a gather.
 */
final class RowResizer {
    private static final int CHANNELS = 3;

    private final CubicTaps taps;
    private final long[] pairs;

    /** Resizes rows of {@code width} pixels by these weights. */
    RowResizer(int width, CubicTaps taps) {
        this.taps = taps;
        this.pairs = new long[CHANNELS * width];
    }

    /**
     * Resizes two rows; they may be the same one.
     *
     * @param rgb interleaved pixels
     * @param upper index of the one row's first byte
     * @param lower index of the other row's first byte
     * @param upperPlanes receives the one row, all red, then all green, then all blue, 0 to 255
     * @param lowerPlanes receives the other row
     */
    void resize(byte[] rgb, int upper, int lower, int[] upperPlanes, int[] lowerPlanes) {
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (rgb[upper + i] & 0xffL) | ((rgb[lower + i] & 0xffL) << 32);
        }
        int outputs = taps.outputs();
        int[] weights = taps.weights();
        int bits = taps.fractionBits();
        long half = (1L << bits >> 1) * 0x1_0000_0001L;
        for (int x = 0; x < outputs; x++) {
            int pixel = CHANNELS * taps.first(x);
            int start = taps.start(x);
            int end = start + taps.count(x);
            long red = half;
            long green = half;
            long blue = half;
            for (int k = start; k < end; k++) {
                long weight = weights[k];
                red += weight * pairs[pixel];
                green += weight * pairs[pixel + 1];
                blue += weight * pairs[pixel + 2];
                pixel += CHANNELS;
            }
            upperPlanes[x] = clamp((int) red >> bits);
            lowerPlanes[x] = clamp(upperHalf(red) >> bits);
            upperPlanes[x + outputs] = clamp((int) green >> bits);
            lowerPlanes[x + outputs] = clamp(upperHalf(green) >> bits);
            upperPlanes[x + 2 * outputs] = clamp((int) blue >> bits);
            lowerPlanes[x + 2 * outputs] = clamp(upperHalf(blue) >> bits);
        }
    }

    /** The upper sum; a negative lower sum has borrowed from it. */
    private static int upperHalf(long sums) {
        return (int) ((sums - (int) sums) >> 32);
    }

    private static int clamp(int value) {
        return Math.min(Math.max(value, 0), 255);
    }
}
