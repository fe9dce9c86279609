package io.liftstream.lifting.calibration;

import io.liftstream.frame.Intrinsics;

/** The ray of every pixel of a picture, as the point that it meets at a distance of 1 metre. */
public interface Rays {

    /**
     * {@return metres to the right of the optical axis at a distance of 1 m; NaN where the pixel
     * has no ray}
     *
     * @param column of the pixel, from 0
     * @param row of the pixel, from 0
     */
    double x(int column, int row);

    /**
     * {@return metres below the optical axis at a distance of 1 m; NaN where the pixel has no ray}
     *
     * @param column of the pixel, from 0
     * @param row of the pixel, from 0
     */
    double y(int column, int row);

    /**
     * {@return the rays of a pinhole}
     *
     * @param intrinsics of the picture
     */
    static Rays ofPinhole(Intrinsics intrinsics) {
        return new PinholeRays(intrinsics);
    }
}
