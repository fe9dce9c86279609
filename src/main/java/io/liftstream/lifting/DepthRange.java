package io.liftstream.lifting;

/**
 * The extremes of a depth map's measured values.
 *
 * @param min the least; 0 where nothing was measured
 * @param max the largest; 0 where nothing was measured
 * @param measured number of values that count as measured
 */
record DepthRange(float min, float max, int measured) {

    /** The extremes of the finite values. */
    static DepthRange ofFinite(float[] values) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            // False for NaN too; nearly always true, so that a value costs two comparisons.
            if (!(value >= min && value <= max)) {
                if (!Float.isFinite(value)) {
                    return ofMeasured(values, Float.NEGATIVE_INFINITY);
                }
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        return new DepthRange(min, max, values.length);
    }

    /** The extremes of the values above 0, for maps in which 0 means no measurement. */
    static DepthRange ofPositive(float[] values) {
        return ofMeasured(values, 0);
    }

    private static DepthRange ofMeasured(float[] values, float above) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        int measured = 0;
        for (float value : values) {
            if (value > above && value < Float.POSITIVE_INFINITY) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                measured++;
            }
        }
        return measured == 0 ? new DepthRange(0, 0, 0) : new DepthRange(min, max, measured);
    }
}
