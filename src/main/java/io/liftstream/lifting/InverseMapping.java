package io.liftstream.lifting;

import java.util.Arrays;

/**
 * INVERSE: relative inverse depth v is affine in 1/z, so {@code 1/z = n/near + (1-n)/far} with
 * {@code n = (v-lo)/(hi-lo)}. Planes stay planes whatever near and far are; angles are true where
 * near and far are.
 *
 * <p>With a fixed range n may lie outside [0, 1]; the same line holds there: z is nearer than near,
 * or farther than far, and not positive beyond infinity.
 */
final class InverseMapping implements MetresMapping {
    private final double slope;
    private final double intercept;
    private final boolean empty;

    /** The range of the depth map and the distances in metres of its ends. */
    InverseMapping(double lo, double hi, double near, double far) {
        empty = !(hi > lo);
        slope = (1 / near - 1 / far) / (hi - lo);
        intercept = 1 / far - lo * slope;
    }

    @Override
    public void write(float[] depth, float[] metres) {
        if (empty) {
            Arrays.fill(metres, 0, depth.length, 0f);
            return;
        }
        for (int i = 0; i < depth.length; i++) {
            metres[i] = (float) (1 / (slope * depth[i] + intercept));
        }
    }
}
