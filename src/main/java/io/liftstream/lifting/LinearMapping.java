package io.liftstream.lifting;

import java.util.Arrays;

/**
 * LINEAR: vizion3d's later mapping, kept for comparison with it, bit for bit. The range is flipped
 * onto [0.5 m, depth_trunc] and quantised to uint16 by depth_scale; the largest value is nearest.
 *
 * <p>Every step rounds to float32 as the original's arrays do; the order of the operations is part
 * of the result.
 */
final class LinearMapping implements MetresMapping {
    private static final double NEAREST_METRES = 0.5;
    private static final float MAX_RAW = 65535f;

    /** From here to its double float32 has the integers only: a sum with it is rounded to one. */
    private static final float INTEGERS = 0x1p23f;

    private static final float BELOW_HALF = Math.nextDown(0.5f);

    private final float lo;
    private final float span;
    private final float reach;
    private final float scale;
    private int saturatedPixels;

    /** The range of the depth map, the farthest distance in metres, and raw units per metre. */
    LinearMapping(double lo, double hi, double depthTrunc, double depthScale) {
        this.lo = (float) lo;
        this.span = (float) (hi - lo);
        this.reach = (float) (depthTrunc - NEAREST_METRES);
        this.scale = (float) depthScale;
    }

    @Override
    public void write(float[] depth, float[] metres) {
        saturatedPixels = 0;
        if (!(span > 0)) {
            Arrays.fill(metres, 0, depth.length, 0f);
            return;
        }
        // Without branches and conversions: the compiler makes vector instructions of it.
        for (int i = 0; i < depth.length; i++) {
            metres[i] = quantise(depth[i]) / scale;
        }
        if (raw(0) > MAX_RAW || raw(1) > MAX_RAW) {
            countSaturated(depth);
        }
    }

    private void countSaturated(float[] depth) {
        for (float value : depth) {
            saturatedPixels += raw(normal(value)) > MAX_RAW ? 1 : 0;
        }
    }

    @Override
    public int saturatedPixels() {
        return saturatedPixels;
    }

    /** The quantised distance, 1 to 65535, or NaN where there is none; for a range above 0. */
    float quantise(float value) {
        return floor(Math.min(Math.max(raw(normal(value)), 1f), MAX_RAW));
    }

    /** Where a value lies in the range, 0 to 1; a fixed range may be left. */
    private float normal(float value) {
        float normal = Math.min(Math.max((value - lo) / span, 0f), 1f);
        // Infinite values are no measurement: times 0 they are NaN.
        return normal + value * 0f;
    }

    private float raw(float normal) {
        return ((float) NEAREST_METRES + (1f - normal) * reach) * scale;
    }

    /**
     * The largest integer not above x, which is from 1 to 65535. A conversion to int would do, but
     * keeps the compiler from vector instructions.
     */
    private static float floor(float x) {
        float nearest = (x + INTEGERS) - INTEGERS;
        float tooFar = nearest - x;
        // 1 where the nearest integer is above x, by however little, else 0.
        return nearest - ((tooFar + BELOW_HALF + INTEGERS) - INTEGERS);
    }
}
