package io.liftstream.scenes;

/**
 * How well relative inverse depth fits the truth, after the one scale and shift in inverse depth
 * that fit the picture best by least squares, as is usual for relative depth (Ranftl et al. 2020,
 * "Towards Robust Monocular Depth Estimation", section 5).
 *
 * @param absoluteRelativeError mean of |estimate - truth| / truth in depth; 0 is perfect; NaN where
 *     no pixel has a truth
 * @param withinQuarter share of pixels within a factor of 1.25 of the truth; 1 is perfect
 * @param explained R2: the part of the variance of the true inverse depth that the estimate
 *     explains; 1 is perfect, 0 is a constant
 * @param alignedMetres the aligned estimate, metres, at most {@link #FARTHEST_METRES}
 */
public record DepthAccuracy(
        double absoluteRelativeError,
        double withinQuarter,
        double explained,
        float[] alignedMetres) {

    /** What is farther is left out, and no estimate is put farther, metres. */
    public static final double FARTHEST_METRES = 80;

    private static final double FACTOR = 1.25;

    /**
     * Compares an estimate with the truth.
     *
     * @param inverseDepth relative inverse depth, any scale and shift; nearer is larger
     * @param trueMetres true depth, the same pixels; infinite for the sky, NaN or 0 where unknown
     * @return how far the estimate is from the truth
     * @throws IllegalArgumentException if the sizes differ
     */
    public static DepthAccuracy of(float[] inverseDepth, float[] trueMetres) {
        if (inverseDepth.length != trueMetres.length) {
            throw new IllegalArgumentException(
                    "the estimate has "
                            + inverseDepth.length
                            + " values: the truth has "
                            + trueMetres.length);
        }
        Line line = Line.through(inverseDepth, trueMetres);
        float[] metres = new float[inverseDepth.length];
        double relative = 0;
        double missed = 0;
        long within = 0;
        for (int i = 0; i < metres.length; i++) {
            double inverse = line.scale * inverseDepth[i] + line.shift;
            metres[i] = (float) (1 / Math.max(inverse, 1 / FARTHEST_METRES));
            double truth = trueMetres[i];
            if (isMeasured(truth)) {
                relative += Math.abs(metres[i] - truth) / truth;
                within += Math.max(metres[i] / truth, truth / metres[i]) < FACTOR ? 1 : 0;
                missed += (inverse - 1 / truth) * (inverse - 1 / truth);
            }
        }
        return new DepthAccuracy(
                relative / line.pixels,
                (double) within / line.pixels,
                1 - (line.variation == 0 ? 0 : missed / line.variation),
                metres);
    }

    private static boolean isMeasured(double metres) {
        return metres > 0 && metres < FARTHEST_METRES;
    }

    /**
     * The line from estimate to true inverse depth with the least squares.
     *
     * @param variation sum of squares of the true inverse depth about its mean
     * @param pixels how many pixels have a truth; a double, so that none at all gives NaN
     */
    private record Line(double scale, double shift, double variation, double pixels) {
        static Line through(float[] estimate, float[] truth) {
            double pixels = 0;
            double meanEstimate = 0;
            double meanInverse = 0;
            for (int i = 0; i < truth.length; i++) {
                if (isMeasured(truth[i])) {
                    pixels++;
                    meanEstimate += (estimate[i] - meanEstimate) / pixels;
                    meanInverse += (1.0 / truth[i] - meanInverse) / pixels;
                }
            }
            double spread = 0;
            double common = 0;
            double variation = 0;
            for (int i = 0; i < truth.length; i++) {
                if (isMeasured(truth[i])) {
                    double across = estimate[i] - meanEstimate;
                    double up = 1.0 / truth[i] - meanInverse;
                    spread += across * across;
                    common += across * up;
                    variation += up * up;
                }
            }
            double scale = spread == 0 ? 0 : common / spread;
            return new Line(scale, meanInverse - scale * meanEstimate, variation, pixels);
        }
    }
}
