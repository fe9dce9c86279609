package io.liftstream.lifting.calibration;

import java.util.List;
import java.util.Locale;

/**
 * How a lens bends rays. Names and parameters are those of ROS's {@code CameraInfo} and Foxglove's
 * {@code CameraCalibration}.
 */
public enum LensModel {
    /** OpenCV's five: k1, k2, p1, p2, k3. */
    PLUMB_BOB(5, 5),
    /** OpenCV's eight: k1, k2, p1, p2, k3, k4, k5, k6. */
    RATIONAL_POLYNOMIAL(8, 8),
    /** OpenCV's fisheye, ROS's {@code equidistant}: k1, k2, k3, k4. */
    KANNALA_BRANDT(4, 4),
    /** Four radial and two tangential: k0, k1, k2, k3, p0, p1, and optionally a critical angle. */
    FISHEYE62(6, 7);

    private final int leastParameters;
    private final int mostParameters;

    LensModel(int leastParameters, int mostParameters) {
        this.leastParameters = leastParameters;
        this.mostParameters = mostParameters;
    }

    /** {@return the name as ROS and Foxglove write it} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the model of this name, or null where there is none}
     *
     * @param name as ROS or Foxglove writes it; {@code equidistant} is ROS's word for
     *     kannala_brandt
     */
    public static LensModel ofWireName(String name) {
        for (LensModel model : values()) {
            if (model.wireName().equals(name)) {
                return model;
            }
        }
        return "equidistant".equals(name) ? KANNALA_BRANDT : null;
    }

    boolean takes(int parameters) {
        return parameters >= leastParameters && parameters <= mostParameters;
    }

    /** The number of parameters in words. */
    String parameterCount() {
        return leastParameters == mostParameters
                ? Integer.toString(leastParameters)
                : leastParameters + " or " + mostParameters;
    }

    Lens lens(List<Double> parameters) {
        return switch (this) {
            case PLUMB_BOB, RATIONAL_POLYNOMIAL -> new PolynomialLens(parameters);
            case KANNALA_BRANDT, FISHEYE62 -> new FisheyeLens(parameters);
        };
    }
}
