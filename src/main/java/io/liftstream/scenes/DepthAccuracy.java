package io.liftstream.scenes;

/**
 * How well relative inverse depth fits the truth, after the scale and shift in inverse depth that
 * fit one picture best by least squares, as is usual for relative depth.
 *
 * @param absoluteRelativeError mean of |estimate - truth| / truth in depth; 0 is perfect
 * @param withinQuarter share of pixels within a factor of 1.25 of the truth; 1 is perfect
 * @param alignedMetres the aligned estimate, metres, at most {@link #FARTHEST_METRES}
 */
public record DepthAccuracy(
        double absoluteRelativeError, double withinQuarter, float[] alignedMetres) {

    /** What is farther is left out, and no estimate is put farther, metres. */
    public static final double FARTHEST_METRES = 80;

    /**
     * Compares an estimate with the truth.
     *
     * @param inverseDepth relative inverse depth, any scale and shift; nearer is larger
     * @param trueMetres true depth, the same pixels; infinite for the sky
     */
    public static DepthAccuracy of(float[] inverseDepth, float[] trueMetres) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < trueMetres.length; i++) {
            if (trueMetres[i] < FARTHEST_METRES) {
                double x = inverseDepth[i];
                double y = 1.0 / trueMetres[i];
                n++;
                sumX += x;
                sumY += y;
                sumXx += x * x;
                sumXy += x * y;
            }
        }
        double variance = n * sumXx - sumX * sumX;
        double scale = variance > 0 ? (n * sumXy - sumX * sumY) / variance : 0;
        double shift = n > 0 ? (sumY - scale * sumX) / n : 0;
        return measured(aligned(inverseDepth, scale, shift), trueMetres);
    }

    private static float[] aligned(float[] inverseDepth, double scale, double shift) {
        float[] metres = new float[inverseDepth.length];
        for (int i = 0; i < metres.length; i++) {
            double inverse = scale * inverseDepth[i] + shift;
            metres[i] = (float) (1 / Math.max(inverse, 1 / FARTHEST_METRES));
        }
        return metres;
    }

    private static DepthAccuracy measured(float[] metres, float[] trueMetres) {
        long seen = 0;
        long within = 0;
        double error = 0;
        for (int i = 0; i < metres.length; i++) {
            double truth = trueMetres[i];
            if (truth < FARTHEST_METRES) {
                seen++;
                error += Math.abs(metres[i] - truth) / truth;
                within += Math.max(metres[i] / truth, truth / metres[i]) < 1.25 ? 1 : 0;
            }
        }
        return new DepthAccuracy(
                seen == 0 ? Double.NaN : error / seen,
                seen == 0 ? Double.NaN : (double) within / seen,
                metres);
    }
}
