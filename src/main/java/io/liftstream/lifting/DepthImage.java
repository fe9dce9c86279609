package io.liftstream.lifting;

/** Makes the 16-bit depth image: a depth map's extremes mapped linearly onto 0 to 65535. */
final class DepthImage {
    private static final float MAX_LEVEL = 65535f;

    /** Values that are scaled at a time: few enough to stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private DepthImage() {}

    /**
     * {@code trunc((v - min) / (max - min) * 65535)} in float32 steps, as vizion3d computes it.
     *
     * @param depth row-major values
     * @param range the extremes of the measured ones
     * @return unsigned values; 0 everywhere unless max is above min, and where nothing was measured
     */
    static short[] of(float[] depth, DepthRange range) {
        short[] image = new short[depth.length];
        float min = range.min();
        float span = (float) ((double) range.max() - (double) range.min());
        if (!(span > 0)) {
            return image;
        }
        float[] block = new float[BLOCK];
        for (int from = 0; from < depth.length; from += BLOCK) {
            int count = Math.min(BLOCK, depth.length - from);
            System.arraycopy(depth, from, block, 0, count);
            scale(block, min, span);
            for (int i = 0; i < count; i++) {
                image[from + i] = (short) (int) block[i];
            }
        }
        return image;
    }

    // A loop of its own, without branches and conversions: the compiler makes vector instructions
    // of it, which takes a third off the whole image. What was not measured lies below the range,
    // or is infinite or NaN and so NaN here, which becomes 0 too.
    private static void scale(float[] block, float min, float span) {
        for (int i = 0; i < block.length; i++) {
            float zeroOrNaN = block[i] * 0f;
            float scaled = (block[i] - min) / span * MAX_LEVEL;
            block[i] = Math.min(Math.max(scaled, 0f), MAX_LEVEL) + zeroOrNaN;
        }
    }
}
