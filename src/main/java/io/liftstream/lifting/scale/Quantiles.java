package io.liftstream.lifting.scale;

import java.util.Arrays;

/**
 * Quantiles by a histogram of 4096 bins, interpolated within the bin: one pass instead of a sort,
 * exact to a part in 4096 of the values' range. Keeps its scratch memory; not thread safe.
 */
final class Quantiles {
    private static final int BINS = 4096;

    private final int[] histogram = new int[BINS];
    private double least;
    private double binWidth;
    private int count;

    /**
     * Takes the values whose weight is at least a bound.
     *
     * @return whether there are any
     */
    boolean take(float[] values, float[] weights, float leastWeight) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        count = 0;
        for (int i = 0; i < values.length; i++) {
            if (weights[i] >= leastWeight) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
                count++;
            }
        }
        Arrays.fill(histogram, 0);
        least = min;
        binWidth = ((double) max - min) / BINS;
        if (count > 0 && binWidth > 0) {
            for (int i = 0; i < values.length; i++) {
                if (weights[i] >= leastWeight) {
                    int bin = (int) ((values[i] - least) / binWidth);
                    histogram[Math.min(bin, BINS - 1)]++;
                }
            }
        }
        return count > 0;
    }

    /** The number of values that were taken. */
    int count() {
        return count;
    }

    /** The value below which a share of the values lies. */
    double at(double share) {
        if (!(binWidth > 0)) {
            return least;
        }
        double wanted = share * count;
        double below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (below + histogram[bin] >= wanted) {
                double part = histogram[bin] == 0 ? 0 : (wanted - below) / histogram[bin];
                return least + (bin + part) * binWidth;
            }
            below += histogram[bin];
        }
        return least + BINS * binWidth;
    }
}
