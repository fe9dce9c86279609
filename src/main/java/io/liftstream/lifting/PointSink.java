package io.liftstream.lifting;

/** Takes the points of a cloud one by one, in order. */
@FunctionalInterface
interface PointSink {

    /**
     * Takes one point.
     *
     * @param pixel row-major index of its pixel in the image
     * @param x metres
     * @param y metres
     * @param z metres
     */
    void add(int pixel, double x, double y, double z);
}
