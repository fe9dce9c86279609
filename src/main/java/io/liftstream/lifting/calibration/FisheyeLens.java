package io.liftstream.lifting.calibration;

import java.util.List;

/**
 * kannala_brandt and fisheye62 (Kannala and Brandt 2006): the radius in the picture is {@code angle
 * (1 + k1 a2 + k2 a4 + k3 a6 + k4 a8)}; fisheye62 shifts the outcome by p0, p1 as a thin prism
 * does. With a critical angle, rays beyond it are none.
 */
final class FisheyeLens implements Lens {
    /** At a right angle to the axis a ray never reaches distance 1; near it, rounding decides. */
    private static final double WIDEST = Math.toRadians(89);

    private final double k1;
    private final double k2;
    private final double k3;
    private final double k4;
    private final double p0;
    private final double p1;
    private final double widest;
    private final double fold;

    /** The parameters k1 to k4, then p0, p1 and a critical angle in radians where there are. */
    FisheyeLens(List<Double> parameters) {
        k1 = parameters.get(0);
        k2 = parameters.get(1);
        k3 = parameters.get(2);
        k4 = parameters.get(3);
        p0 = parameters.size() > 4 ? parameters.get(4) : 0;
        p1 = parameters.size() > 4 ? parameters.get(5) : 0;
        widest = parameters.size() > 6 ? Math.min(WIDEST, parameters.get(6)) : WIDEST;
        fold = LensFold.radius(new double[] {1, k1, k2, k3, k4}, new double[] {1});
    }

    @Override
    public void project(double u, double v, double[] image) {
        double a2 = u * u + v * v;
        double radial = 1 + a2 * (k1 + a2 * (k2 + a2 * (k3 + a2 * k4)));
        double x = u * radial;
        double y = v * radial;
        double r2 = x * x + y * y;
        double along = 2 * (x * p0 + y * p1);
        image[0] = x + along * x + r2 * p0;
        image[1] = y + along * y + r2 * p1;
    }

    @Override
    public double fold() {
        return fold;
    }

    @Override
    public double slope(double u, double v) {
        double angle = Math.sqrt(u * u + v * v);
        if (angle > widest) {
            return Double.NaN;
        }
        // StrictMath: the same bits on every processor.
        return angle < 1e-9 ? 1 : StrictMath.tan(angle) / angle;
    }

    @Override
    public void ray(double x, double y, double z, double[] ray) {
        double radius = Math.hypot(x, y);
        double scale = radius < 1e-9 * z ? 1 / z : StrictMath.atan2(radius, z) / radius;
        ray[0] = x * scale;
        ray[1] = y * scale;
    }
}
