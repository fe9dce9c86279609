package io.liftstream.lifting.calibration;

import java.util.List;

/**
 * plumb_bob and rational_polynomial (OpenCV, "Camera Calibration and 3D Reconstruction"): radial
 * factor {@code (1 + k1 r2 + k2 r4 + k3 r6) / (1 + k4 r2 + k5 r4 + k6 r6)} and tangential shift by
 * p1, p2.
 */
final class PolynomialLens implements Lens {
    private final double k1;
    private final double k2;
    private final double p1;
    private final double p2;
    private final double k3;
    private final double k4;
    private final double k5;
    private final double k6;
    private final double fold;

    /** The parameters k1, k2, p1, p2, k3 and, where there are eight, k4, k5, k6. */
    PolynomialLens(List<Double> parameters) {
        k1 = parameters.get(0);
        k2 = parameters.get(1);
        p1 = parameters.get(2);
        p2 = parameters.get(3);
        k3 = parameters.get(4);
        boolean rational = parameters.size() == 8;
        k4 = rational ? parameters.get(5) : 0;
        k5 = rational ? parameters.get(6) : 0;
        k6 = rational ? parameters.get(7) : 0;
        fold = LensFold.radius(new double[] {1, k1, k2, k3}, new double[] {1, k4, k5, k6});
    }

    @Override
    public void project(double u, double v, double[] image) {
        double r2 = u * u + v * v;
        double radial =
                (1 + r2 * (k1 + r2 * (k2 + r2 * k3))) / (1 + r2 * (k4 + r2 * (k5 + r2 * k6)));
        image[0] = u * radial + 2 * p1 * u * v + p2 * (r2 + 2 * u * u);
        image[1] = v * radial + p1 * (r2 + 2 * v * v) + 2 * p2 * u * v;
    }

    @Override
    public double fold() {
        return fold;
    }

    @Override
    public double slope(double u, double v) {
        return 1;
    }

    @Override
    public void ray(double x, double y, double z, double[] ray) {
        ray[0] = x / z;
        ray[1] = y / z;
    }
}
