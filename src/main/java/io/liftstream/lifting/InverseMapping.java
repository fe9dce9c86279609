package io.liftstream.lifting;

import java.util.Arrays;

/**
 * INVERSE: relative inverse depth v is affine in 1/z, so {@code 1/z = n/near + (1-n)/far} with
 * {@code n = (v-lo)/(hi-lo)}, which is {@code z = far / (n (far/near - 1) + 1)}. Planes stay planes
 * whatever near and far are; angles are true where near and far are.
 *
 * <p>With a fixed range n may lie outside [0, 1]; the same line holds there: z is nearer than near,
 * or farther than far, and not positive beyond infinity.
 */
final class InverseMapping implements MetresMapping {
    private final float lo;
    private final float span;
    private final float slope;
    private final float far;

    /** The range of the depth map and the distances in metres of its ends. */
    InverseMapping(double lo, double hi, double near, double far) {
        this.lo = (float) lo;
        this.span = (float) (hi - lo);
        this.slope = (float) (far / near - 1);
        // As depth_trunc is rounded: where both are one distance, what lies at far is dropped.
        this.far = Unprojector.end(far);
    }

    @Override
    public void write(float[] depth, float[] metres) {
        if (!(span > 0)) {
            Arrays.fill(metres, 0, depth.length, 0f);
            return;
        }
        // In float32 throughout, so that the compiler can use vector instructions: the sum has no
        // cancellation, and z is exact to a few units in its last place. At n = 0 it is far itself,
        // which 1 / (1 / far) is not.
        for (int i = 0; i < depth.length; i++) {
            metres[i] = far / ((depth[i] - lo) / span * slope + 1f);
        }
    }
}
