package io.liftstream.lifting;

/**
 * LINEAR: vizion3d's later mapping, kept for comparison with it, bit for bit. The range is flipped
 * onto [0.5 m, depth_trunc] and quantised to uint16 by depth_scale; the largest value is nearest.
 *
 * <p>Every step rounds to float32 as the original's arrays do; the order of the operations is part
 * of the result.
 */
final class LinearMapping implements MetresMapping {
    private static final double NEAREST_METRES = 0.5;
    private static final float LARGEST_RAW = 65535f;

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
        for (int i = 0; i < depth.length; i++) {
            metres[i] = quantise(depth[i]) / scale;
        }
    }

    @Override
    public int saturatedPixels() {
        return saturatedPixels;
    }

    /** The quantised distance, 1 to 65535, or 0 where there is none. */
    int quantise(float value) {
        float normal = (value - lo) / span;
        // Infinite values are no measurement; NaN comes from them or from a range beyond float32.
        if (!(span > 0) || Float.isInfinite(value) || Float.isNaN(normal)) {
            return 0;
        }
        // A no-op for a frame's own range; a fixed range may be left.
        float flipped = normal < 0 ? 1f : normal > 1 ? 0f : 1f - normal;
        float raw = ((float) NEAREST_METRES + flipped * reach) * scale;
        if (raw > LARGEST_RAW) {
            saturatedPixels++;
            return (int) LARGEST_RAW;
        }
        return raw >= 1f ? (int) raw : 1;
    }
}
