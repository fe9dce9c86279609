package io.liftstream.cli.lift;

import io.liftstream.lifting.SuppliedDepth;

/**
 * What the values of depth files say.
 *
 * @param hole the value that stands for no measurement, besides 0; null for none
 * @param scaleGiven whether the user said how many raw units make a metre
 */
record DepthFileRules(Double hole, boolean scaleGiven) {

    boolean isHole(double value) {
        return hole != null && value == hole;
    }

    /** The same map with no measurement where the hole's value stands. */
    SuppliedDepth withoutHoles(SuppliedDepth depth) {
        if (hole == null) {
            return depth;
        }
        if (depth instanceof SuppliedDepth.Floats floats) {
            float[] values = floats.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == hole.floatValue() ? Float.NaN : values[i];
            }
            return new SuppliedDepth.Floats(floats.width(), floats.height(), values);
        }
        SuppliedDepth.Raw raw = (SuppliedDepth.Raw) depth;
        short[] values = raw.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = isHole(values[i] & 0xffff) ? 0 : values[i];
        }
        return new SuppliedDepth.Raw(raw.width(), raw.height(), values);
    }
}
