package io.liftstream.image;

import java.util.Arrays;

/**
 * The weights with which one axis of an 8-bit image is resized: Keys cubic with a = -0.5, widened
 * when shrinking (antialiasing), as integers of a common number of fraction bits.
 *
 * <p>The recipe is torchvision's for uint8 tensors: an output's weights sum to 1 before they are
 * rounded half away from zero, and the fraction bits are the most that keep the largest weight
 * below 2^14. Values are then exact sums of integers, so every correct order of summation gives the
 * same pixel.
 */
final class CubicTaps {
    private static final int MAX_FRACTION_BITS = 22;
    private static final int WEIGHT_LIMIT = 1 << 15;

    private final int[] first;
    private final int[] counts;
    private final int[] weights;
    private final int stride;
    private final int maxCount;
    private final int fractionBits;

    /**
     * @param from length of the input, at least 1
     * @param to length of the output, at least 1
     */
    CubicTaps(int from, int to) {
        double scale = (double) from / to;
        double filterScale = Math.max(scale, 1);
        double support = 2 * filterScale;
        // Four more than any output can have: readers may take four at once, the rest weigh 0.
        stride = (int) Math.ceil(support) * 2 + 4;
        first = new int[to];
        counts = new int[to];
        double[] exact = new double[to * stride];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            first[i] = Math.max((int) (centre - support + 0.5), 0);
            counts[i] = Math.min((int) (centre + support + 0.5), from) - first[i];
            fill(exact, i, centre, filterScale);
        }
        maxCount = Arrays.stream(counts).max().orElse(0);
        fractionBits = fractionBits(exact);
        weights = rounded(exact);
    }

    private void fill(double[] exact, int output, double centre, double filterScale) {
        int start = output * stride;
        double sum = 0;
        for (int k = 0; k < counts[output]; k++) {
            double weight = cubic((k + first[output] - centre + 0.5) / filterScale);
            exact[start + k] = weight;
            sum += weight;
        }
        for (int k = 0; k < counts[output]; k++) {
            exact[start + k] /= sum;
        }
    }

    private static int fractionBits(double[] exact) {
        double largest = 0;
        for (double weight : exact) {
            largest = Math.max(largest, weight);
        }
        int bits = 0;
        while (bits < MAX_FRACTION_BITS
                && (int) (0.5 + largest * (1 << (bits + 1))) < WEIGHT_LIMIT) {
            bits++;
        }
        return bits;
    }

    private int[] rounded(double[] exact) {
        int[] integers = new int[exact.length];
        for (int i = 0; i < exact.length; i++) {
            double scaled = exact[i] * (1 << fractionBits);
            integers[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return integers;
    }

    /** Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -0.5. */
    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        if (x < 2) {
            return ((-0.5 * x + 2.5) * x - 4) * x + 2;
        }
        return 0;
    }

    /** Number of outputs. */
    int outputs() {
        return first.length;
    }

    /** The input that an output's first weight is for. */
    int first(int output) {
        return first[output];
    }

    /** Number of weights of an output. */
    int count(int output) {
        return counts[output];
    }

    /** Index of an output's first weight. */
    int start(int output) {
        return output * stride;
    }

    /** All weights, each output's from its start. */
    int[] weights() {
        return weights;
    }

    /** Bits to shift a weighted sum by. */
    int fractionBits() {
        return fractionBits;
    }

    /** The most weights that any output has; those with fewer have weights of 0 up to this. */
    int maxCount() {
        return maxCount;
    }
}
