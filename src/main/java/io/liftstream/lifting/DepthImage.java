package io.liftstream.lifting;

/** Makes the 16-bit depth image: a depth map's extremes mapped linearly onto 0 to 65535. */
final class DepthImage {
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
        for (int i = 0; i < depth.length; i++) {
            float scaled = (depth[i] - min) / span * 65535f;
            // What was not measured (NaN, infinities, a sensor's 0) lies outside the range.
            image[i] = scaled <= 65535f ? (short) Math.max((int) scaled, 0) : 0;
        }
        return image;
    }
}
