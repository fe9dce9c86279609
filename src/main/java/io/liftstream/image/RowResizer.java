package io.liftstream.image;

import java.util.Arrays;

/**
 * Resizes rows of interleaved 8-bit RGB along their length, two rows at once: a long carries the
 * sums of both, one in each half, so that one multiplication serves two pixels. No library offers
 * this rounding, and the compiler cannot vectorise a gather.
 */
final class RowResizer {
    private static final int CHANNELS = 3;

    /** Cubic overshoot stays well within one more range on either side. */
    private static final int BELOW = 256;

    /** What a value clamps to: one load instead of two comparisons. */
    private static final int[] LEVELS = levels();

    private final CubicTaps taps;
    private final int rowValues;
    private final long[] pairs;
    private final long[] sums;

    private static int[] levels() {
        int[] levels = new int[1024];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.min(Math.max(i - BELOW, 0), 255);
        }
        return levels;
    }

    /** Resizes rows of {@code width} pixels by these weights. */
    RowResizer(int width, CubicTaps taps) {
        this.taps = taps;
        this.rowValues = CHANNELS * width;
        // Room for the weights of 0 behind the last pixel.
        this.pairs = new long[CHANNELS * (width + taps.maxCount() + 1)];
        this.sums = new long[CHANNELS * taps.outputs()];
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
        for (int i = 0; i < rowValues; i++) {
            pairs[i] = (rgb[upper + i] & 0xffL) | ((rgb[lower + i] & 0xffL) << 32);
        }
        sumTaps();
        int outputs = taps.outputs();
        for (int channel = 0; channel < CHANNELS; channel++) {
            unpack(channel, upperPlanes, lowerPlanes, channel * outputs);
        }
    }

    /** The weighted sums of each output's three channels: four taps at once, then two. */
    private void sumTaps() {
        long half = (1L << taps.fractionBits() >> 1) * 0x1_0000_0001L;
        Arrays.fill(sums, half);
        int tap = 0;
        for (; tap + 4 <= taps.maxCount(); tap += 4) {
            addFourTaps(tap);
        }
        for (; tap < taps.maxCount(); tap += 2) {
            addTwoTaps(tap);
        }
    }

    // Without an inner loop: the taps are too few for one to pay.
    private void addFourTaps(int tap) {
        int[] weights = taps.weights();
        for (int x = 0; x < taps.outputs(); x++) {
            int pixel = CHANNELS * (taps.first(x) + tap);
            int start = taps.start(x) + tap;
            long weight0 = weights[start];
            long weight1 = weights[start + 1];
            long weight2 = weights[start + 2];
            long weight3 = weights[start + 3];
            for (int channel = 0; channel < CHANNELS; channel++) {
                sums[CHANNELS * x + channel] +=
                        weight0 * pairs[pixel + channel]
                                + weight1 * pairs[pixel + CHANNELS + channel]
                                + weight2 * pairs[pixel + 2 * CHANNELS + channel]
                                + weight3 * pairs[pixel + 3 * CHANNELS + channel];
            }
        }
    }

    private void addTwoTaps(int tap) {
        int[] weights = taps.weights();
        for (int x = 0; x < taps.outputs(); x++) {
            int pixel = CHANNELS * (taps.first(x) + tap);
            int start = taps.start(x) + tap;
            long weight0 = weights[start];
            long weight1 = weights[start + 1];
            for (int channel = 0; channel < CHANNELS; channel++) {
                sums[CHANNELS * x + channel] +=
                        weight0 * pairs[pixel + channel]
                                + weight1 * pairs[pixel + CHANNELS + channel];
            }
        }
    }

    private void unpack(int channel, int[] upperPlanes, int[] lowerPlanes, int from) {
        int bits = taps.fractionBits();
        for (int x = 0; x < taps.outputs(); x++) {
            long pair = sums[CHANNELS * x + channel];
            int upper = (int) pair;
            // A negative sum in the lower half of the long has borrowed from the other.
            int lower = (int) ((pair - upper) >> 32);
            upperPlanes[from + x] = LEVELS[(upper >> bits) + BELOW];
            lowerPlanes[from + x] = LEVELS[(lower >> bits) + BELOW];
        }
    }
}
