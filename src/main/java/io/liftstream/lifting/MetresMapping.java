package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;

/**
 * Turns depth maps into metres along the optical axis. One object serves one image: it knows its
 * range.
 */
interface MetresMapping {

    /**
     * Writes the distance of every pixel.
     *
     * @param depth row-major network output or supplied depth
     * @param metres as many values; 0, a negative value or NaN where there is no distance
     */
    void write(float[] depth, float[] metres);

    /** Number of pixels that the last call clipped at the far end of what the mapping can say. */
    default int saturatedPixels() {
        return 0;
    }

    /** The mapping of one image. */
    static MetresMapping of(DepthMapping mapping, DepthToMetres numbers) {
        double lo = numbers.rangeLo();
        double hi = numbers.rangeHi();
        return switch (mapping) {
            case METRIC -> new MetricMapping(numbers.unitFactor());
            case INVERSE -> new InverseMapping(lo, hi, numbers.near(), numbers.far());
            case LINEAR -> new LinearMapping(lo, hi, numbers.depthTrunc(), numbers.depthScale());
        };
    }
}
