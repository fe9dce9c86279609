package io.liftstream.lifting.calibration;

import io.liftstream.frame.Intrinsics;
import java.util.List;

/** Where a camera's picture shows a point. Not for several threads at once. */
public final class Projection {
    private final Lens lens;
    private final Intrinsics intrinsics;
    private final double[] ray = new double[2];
    private final double[] image = new double[2];

    private Projection(Lens lens, Intrinsics intrinsics) {
        this.lens = lens;
        this.intrinsics = intrinsics;
    }

    /**
     * {@return the projection of pictures of a size}
     *
     * @param lens of the camera; null for a pinhole
     * @param intrinsics of pictures of that size, pixels
     */
    public static Projection of(CameraCalibration lens, Intrinsics intrinsics) {
        return new Projection(
                lens == null
                        ? new PolynomialLens(List.of(0.0, 0.0, 0.0, 0.0, 0.0))
                        : lens.model().lens(lens.parameters()),
                intrinsics);
    }

    /**
     * Projects a point before the camera.
     *
     * @param x right of the optical axis, metres
     * @param y below the optical axis, metres
     * @param z along the optical axis, metres, above 0
     */
    public void project(double x, double y, double z) {
        lens.ray(x, y, z, ray);
        lens.project(ray[0], ray[1], image);
    }

    /** {@return the column that the last point lies in; pixel centres are on integers} */
    public long column() {
        return Math.round(intrinsics.fx() * image[0] + intrinsics.cx());
    }

    /** {@return the row that the last point lies in; pixel centres are on integers} */
    public long row() {
        return Math.round(intrinsics.fy() * image[1] + intrinsics.cy());
    }
}
