package io.liftstream.scenes;

/**
 * How well an estimate of relative inverse depth agrees with a true depth map, after the one scale
 * and shift in inverse depth that fit the picture best (least squares), as is usual for relative
 * depth: MiDaS, Ranftl et al. 2020, section 5.
 *
 * <p>Pixels without a hit, and those beyond {@link #FARTHEST_METRES}, are left out; no aligned
 * estimate is put farther than that.
 *
 * @param absRel mean of |estimate - truth| / truth over the pixels, in metres over metres; 0 is
 *     perfect
 * @param delta125 share of pixels whose estimate is within a factor of 1.25 of the truth, 0..1
 * @param r2 part of the variance of the true inverse depth that the estimate explains; 1 is
 *     perfect, 0 is a constant
 * @param pixels how many pixels were compared
 */
public record DepthAccuracy(double absRel, double delta125, double r2, int pixels) {
    /** Depths beyond this, metres, are not measured. */
    public static final double FARTHEST_METRES = 80;

    private static final double FACTOR = 1.25;

    /**
     * Measures one picture.
     *
     * @param inverseDepth the estimate, {@code [height][width]} row-major at the truth's size,
     *     nearer = larger, any scale and shift
     * @param depthMetres the truth, metres, infinite or NaN where there is none
     * @throws IllegalArgumentException if the sizes differ or no pixel has a truth
     */
    public static DepthAccuracy of(float[] inverseDepth, float[] depthMetres) {
        if (inverseDepth.length != depthMetres.length) {
            throw new IllegalArgumentException(
                    "the estimate has "
                            + inverseDepth.length
                            + " values: the truth has "
                            + depthMetres.length);
        }
        return new Fit(inverseDepth, depthMetres).accuracy();
    }

    /**
     * The estimate as metres, by the same scale and shift: for pictures of the error.
     *
     * @return metres, {@code [height][width]}, at most {@link #FARTHEST_METRES}
     */
    public static float[] alignedMetres(float[] inverseDepth, float[] depthMetres) {
        Fit fit = new Fit(inverseDepth, depthMetres);
        float[] metres = new float[inverseDepth.length];
        for (int i = 0; i < metres.length; i++) {
            metres[i] = (float) fit.metres(inverseDepth[i]);
        }
        return metres;
    }

    private static boolean isMeasured(float metres) {
        return metres > 0 && metres < FARTHEST_METRES;
    }

    /** The line through (estimate, true inverse depth) with the least squares. */
    private static final class Fit {
        private final float[] estimate;
        private final float[] truth;
        private final double scale;
        private final double shift;
        private final double variance;
        private final int pixels;

        Fit(float[] estimate, float[] truth) {
            this.estimate = estimate;
            this.truth = truth;
            int count = 0;
            double sumEstimate = 0;
            double sumInverse = 0;
            for (int i = 0; i < truth.length; i++) {
                if (isMeasured(truth[i])) {
                    count++;
                    sumEstimate += estimate[i];
                    sumInverse += 1.0 / truth[i];
                }
            }
            if (count == 0) {
                throw new IllegalArgumentException("the truth has no pixel nearer than 80 m");
            }
            double meanEstimate = sumEstimate / count;
            double meanInverse = sumInverse / count;
            double spread = 0;
            double common = 0;
            double trueSpread = 0;
            for (int i = 0; i < truth.length; i++) {
                if (isMeasured(truth[i])) {
                    double across = estimate[i] - meanEstimate;
                    double up = 1.0 / truth[i] - meanInverse;
                    spread += across * across;
                    common += across * up;
                    trueSpread += up * up;
                }
            }
            this.pixels = count;
            this.variance = trueSpread / count;
            this.scale = spread == 0 ? 0 : common / spread;
            this.shift = meanInverse - scale * meanEstimate;
        }

        double metres(double value) {
            return 1 / Math.max(scale * value + shift, 1 / FARTHEST_METRES);
        }

        DepthAccuracy accuracy() {
            double relative = 0;
            double squares = 0;
            int within = 0;
            for (int i = 0; i < truth.length; i++) {
                if (isMeasured(truth[i])) {
                    double metres = metres(estimate[i]);
                    relative += Math.abs(metres - truth[i]) / truth[i];
                    within += Math.max(metres / truth[i], truth[i] / metres) < FACTOR ? 1 : 0;
                    double miss = scale * estimate[i] + shift - 1.0 / truth[i];
                    squares += miss * miss;
                }
            }
            double unexplained = variance == 0 ? 0 : squares / pixels / variance;
            return new DepthAccuracy(
                    relative / pixels, within / (double) pixels, 1 - unexplained, pixels);
        }
    }
}
