package io.liftstream.lifting.calibration;

/**
 * Where a lens puts a ray. A ray is a point of a plane before the lens: of the plane at distance 1,
 * or, for a fisheye, of the plane whose radius is the angle from the optical axis.
 */
interface Lens {

    /**
     * Writes where the ray meets the picture, in focal lengths from the principal point.
     *
     * @param u first coordinate of the ray
     * @param v second coordinate of the ray
     * @param image two values
     */
    void project(double u, double v, double[] image);

    /**
     * {@return the radius of rays, in u and v, at which the picture folds back; infinite where it
     * never does}
     */
    double fold();

    /**
     * {@return by how much the ray's coordinates grow to those at distance 1; NaN where the ray
     * never gets there}
     */
    double slope(double u, double v);

    /**
     * Writes the ray to a point.
     *
     * @param x right of the optical axis
     * @param y below the optical axis
     * @param z along the optical axis, above 0
     * @param ray two values, u and v
     */
    void ray(double x, double y, double z, double[] ray);
}
