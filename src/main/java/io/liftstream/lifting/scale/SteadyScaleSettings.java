package io.liftstream.lifting.scale;

import java.io.Serializable;

/**
 * How fast a steady scale follows its camera. Times are event time, so that frame rate and lost
 * frames change nothing.
 *
 * @param rangeSeconds time constant of the range that far and near stand for, above 0
 * @param referenceSeconds time constant of the remembered depth of what stands still, above 0
 */
public record SteadyScaleSettings(double rangeSeconds, double referenceSeconds)
        implements Serializable {

    /** A range of 3 s and a reference of 10 s. */
    public static final SteadyScaleSettings DEFAULT = new SteadyScaleSettings(3, 10);
}
