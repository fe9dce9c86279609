package io.liftstream.cli.lift;

import io.liftstream.lifting.SuppliedDepth;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the values of depth files say.
 *
 * @param hole the value that stands for no measurement, besides 0; null for none
 * @param scaleGiven whether the user said how many raw units make a metre
 */
record DepthFileRules(Double hole, boolean scaleGiven) {

    /** The largest raw value; many cameras write it where they measured nothing. */
    private static final int SATURATED = 0xffff;

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

    /** A line on values that may stand for no measurement, and that nobody declared. */
    Optional<String> remark(Path file, SuppliedDepth depth) {
        if (hole != null || !(depth instanceof SuppliedDepth.Raw raw)) {
            return Optional.empty();
        }
        int saturated = 0;
        for (short value : raw.values()) {
            saturated += (value & 0xffff) == SATURATED ? 1 : 0;
        }
        return saturated == 0
                ? Optional.empty()
                : Optional.of(
                        file
                                + ": "
                                + saturated
                                + " pixels are 65535; if the camera writes that where it measures"
                                + " nothing, give --depth-hole 65535");
    }
}
