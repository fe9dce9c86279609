package io.liftstream.lifting.scale;

import io.liftstream.scenes.RenderedFrame;
import java.util.Arrays;
import java.util.Random;

/**
 * Stands for a network that estimates relative inverse depth without a fault of shape: each frame
 * is shifted by its median and divided by its mean deviation, as such networks are trained to do
 * (Ranftl et al. 2020), and has a little noise of its own.
 */
final class RelativeNetwork {
    private static final float NOISE = 0.005f;

    private final Random random = new Random(5);

    float[] estimate(RenderedFrame frame) {
        float[] depth = new float[frame.depthMetres().length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 / frame.depthMetres()[i];
        }
        float[] sorted = depth.clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2];
        double deviation = 0;
        for (float value : depth) {
            deviation += Math.abs(value - median);
        }
        float mean = (float) (deviation / depth.length);
        float gain = 1 + 0.03f * (float) random.nextGaussian();
        for (int i = 0; i < depth.length; i++) {
            depth[i] = gain * (depth[i] - median) / mean + NOISE * (float) random.nextGaussian();
        }
        return depth;
    }
}
