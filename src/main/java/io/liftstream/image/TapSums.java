package io.liftstream.image;

import java.util.Arrays;

/**
 * Makes one output line of a resize from input lines, for the rows of an image as for its columns:
 * weighted sums, rounded and clamped to 8 bits.
 */
final class TapSums {
    private final CubicTaps taps;

    /** The weights of one axis. */
    TapSums(CubicTaps taps) {
        this.taps = taps;
    }

    /**
     * Writes one output's levels.
     *
     * @param output which output of the axis
     * @param lines values 0 to 255, all lines of one length; the axis' i-th input is line {@code i}
     *     modulo the number of lines
     * @param levels receives as many values, 0 to 255
     */
    void write(int output, int[][] lines, int[] levels) {
        int first = taps.first(output);
        int start = taps.start(output);
        int count = taps.count(output);
        Arrays.fill(levels, 1 << taps.fractionBits() >> 1);
        int k = 0;
        // Taps beyond the count weigh 0, whatever line they meet.
        for (; k + 2 < count; k += 4) {
            addFour(start + k, lines, first + k, levels);
        }
        if (k < count) {
            addTwo(start + k, lines, first + k, levels);
        }
        clamp(levels, taps.fractionBits());
    }

    private void addFour(int start, int[][] lines, int line, int[] sums) {
        int[] weights = taps.weights();
        addFour(
                weights[start],
                line(lines, line),
                weights[start + 1],
                line(lines, line + 1),
                weights[start + 2],
                line(lines, line + 2),
                weights[start + 3],
                line(lines, line + 3),
                sums);
    }

    private void addTwo(int start, int[][] lines, int line, int[] sums) {
        int[] weights = taps.weights();
        addTwo(weights[start], line(lines, line), weights[start + 1], line(lines, line + 1), sums);
    }

    private static int[] line(int[][] lines, int line) {
        return lines[line % lines.length];
    }

    // Plain loops over whole arrays, without branches: the compiler turns them into vector
    // instructions.
    private static void addFour(
            int weight0,
            int[] line0,
            int weight1,
            int[] line1,
            int weight2,
            int[] line2,
            int weight3,
            int[] line3,
            int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] +=
                    weight0 * line0[i]
                            + weight1 * line1[i]
                            + weight2 * line2[i]
                            + weight3 * line3[i];
        }
    }

    private static void addTwo(int weight0, int[] line0, int weight1, int[] line1, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight0 * line0[i] + weight1 * line1[i];
        }
    }

    private static void clamp(int[] sums, int fractionBits) {
        for (int i = 0; i < sums.length; i++) {
            int level = sums[i] >> fractionBits;
            // Math.min and max of ints are branches here; the sign bit is a mask instead.
            int atLeast0 = level & ~(level >> 31);
            sums[i] = (atLeast0 | (255 - atLeast0) >> 31) & 255;
        }
    }
}
