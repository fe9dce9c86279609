package io.liftstream.lifting.scale;

/**
 * A line from one set of values to another: {@code scale * from + shift}. Sums are double, in the
 * order of the values.
 *
 * @param scale slope of the line
 * @param shift the line's value at 0
 */
record AffineFit(double scale, double shift) {

    /** Changes nothing. */
    static final AffineFit IDENTITY = new AffineFit(1, 0);

    /**
     * The weighted line that takes mean to mean and spread to spread (the reduced major axis);
     * where the values have no spread or the line falls, one of the scale before through their
     * means.
     *
     * <p>Least squares would take all error to be in {@code to}, and its slope is too small by what
     * is in {@code from}: frame after frame, the depth would wither away.
     */
    static AffineFit of(float[] from, float[] to, float[] weights, AffineFit before) {
        double total = 0;
        double sumFrom = 0;
        double sumTo = 0;
        for (int i = 0; i < from.length; i++) {
            total += weights[i];
            sumFrom += (double) weights[i] * from[i];
            sumTo += (double) weights[i] * to[i];
        }
        if (!(total > 0)) {
            return before;
        }
        double meanFrom = sumFrom / total;
        double meanTo = sumTo / total;
        double spread = 0;
        double spreadTo = 0;
        double common = 0;
        for (int i = 0; i < from.length; i++) {
            double away = from[i] - meanFrom;
            double awayTo = to[i] - meanTo;
            spread += weights[i] * away * away;
            spreadTo += weights[i] * awayTo * awayTo;
            common += weights[i] * away * awayTo;
        }
        double scale = spread > 0 && common > 0 ? Math.sqrt(spreadTo / spread) : before.scale;
        return new AffineFit(scale, meanTo - scale * meanFrom);
    }

    /** The line through two points, or null where it does not rise. */
    static AffineFit through(double fromA, double toA, double fromB, double toB) {
        double scale = (toB - toA) / (fromB - fromA);
        return scale > 0 && scale < Double.POSITIVE_INFINITY
                ? new AffineFit(scale, toA - scale * fromA)
                : null;
    }

    double apply(double value) {
        return scale * value + shift;
    }

    /** The value that the line takes to this one. */
    double undo(double value) {
        return (value - shift) / scale;
    }
}
