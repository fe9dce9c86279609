package io.liftstream.image;

import java.util.Arrays;

/** One colour component of a JPEG's frame, and how much of it has been read. */
final class JpegComponent {
    /** Coefficients of a block. */
    static final int COEFFICIENTS = 64;

    private static final byte NOTHING = -1;

    /**
     * No coefficient of 8-bit samples is beyond 1024, and rounding adds half a step; the rest is
     * for encoders that reckon roughly.
     */
    private static final int LARGEST_COEFFICIENT = 1280;

    private final int id;
    private final int horizontal;
    private final int vertical;
    private final int quantisation;
    private final byte[] missingBits = new byte[COEFFICIENTS];
    private final byte[] maxSizes = new byte[COEFFICIENTS];

    private int blocksWide;
    private int blocksHigh;
    private int storedWide;
    private int storedHigh;
    private long[] nonZero;
    private int maxMean;
    private int mean;

    /**
     * A component of which nothing has been read.
     *
     * @param id as scans name it
     * @param horizontal blocks of a unit (MCU), columns
     * @param vertical blocks of a unit (MCU), rows
     * @param quantisation slot of its quantisation table
     */
    JpegComponent(int id, int horizontal, int vertical, int quantisation) {
        this.id = id;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.quantisation = quantisation;
        Arrays.fill(missingBits, NOTHING);
    }

    /** Sets how many blocks it has by itself, and in whole units. */
    void setSize(int wide, int high, int unitsWide, int unitsHigh) {
        this.blocksWide = wide;
        this.blocksHigh = high;
        this.storedWide = unitsWide * horizontal;
        this.storedHigh = unitsHigh * vertical;
    }

    /** Sets what its coefficients are multiples of, in the zigzag's order. */
    void setSteps(int[] steps) {
        maxMean = LARGEST_COEFFICIENT / steps[0] + 1;
        for (int k = 0; k < COEFFICIENTS; k++) {
            int largest = LARGEST_COEFFICIENT / steps[k] + 1;
            maxSizes[k] = (byte) (Integer.SIZE - Integer.numberOfLeadingZeros(largest));
        }
    }

    /** Begins a restart interval. */
    void begin() {
        mean = 0;
    }

    /**
     * Adds to the mean of the block before.
     *
     * @param shift bits of it that are still missing
     * @return whether 8-bit samples can have such a mean
     */
    boolean addToMean(int difference, int shift) {
        mean += difference;
        return Math.abs(mean) <= maxMean >> shift;
    }

    /** By coefficient, in the zigzag's order, how many bits it can have. */
    byte[] maxSizes() {
        return maxSizes;
    }

    /** The slot of its quantisation table. */
    int quantisation() {
        return quantisation;
    }

    int id() {
        return id;
    }

    int horizontal() {
        return horizontal;
    }

    int vertical() {
        return vertical;
    }

    int blocksWide() {
        return blocksWide;
    }

    int blocksHigh() {
        return blocksHigh;
    }

    /** The index of a block among those of whole units. */
    int block(int row, int column) {
        return row * storedWide + column;
    }

    /** By block, one bit for each coefficient, in the zigzag's order, that is not zero so far. */
    long[] nonZero() {
        if (nonZero == null) {
            nonZero = new long[storedWide * storedHigh];
        }
        return nonZero;
    }

    /**
     * Notes that a scan gives bits of coefficients.
     *
     * @param first of the coefficients, in the zigzag's order
     * @param last of them
     * @param before how many bits were missing before; 0 where this is the first scan of them
     * @param after how many are missing now
     * @return whether that is what was missing
     */
    boolean advance(int first, int last, int before, int after) {
        for (int k = first; k <= last; k++) {
            if (missingBits[k] != (before == 0 ? NOTHING : before)) {
                return false;
            }
            missingBits[k] = (byte) after;
        }
        return true;
    }

    /** Whether any coefficient has been read. */
    boolean begun() {
        return missingBits[0] != NOTHING;
    }

    /** Whether every bit of every coefficient has been read. */
    boolean complete() {
        for (byte missing : missingBits) {
            if (missing != 0) {
                return false;
            }
        }
        return true;
    }
}
