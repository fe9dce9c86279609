package io.liftstream.lifting;

/** METRIC: the depth map is a distance. */
final class MetricMapping implements MetresMapping {
    private final float unitFactor;

    /** Metres per unit of the depth map. */
    MetricMapping(double unitFactor) {
        this.unitFactor = (float) unitFactor;
    }

    @Override
    public void write(float[] depth, float[] metres) {
        for (int i = 0; i < depth.length; i++) {
            metres[i] = depth[i] * unitFactor;
        }
    }
}
