package io.liftstream.lifting.calibration;

import io.liftstream.frame.Intrinsics;

/** Straight through a pinhole. */
record PinholeRays(Intrinsics intrinsics) implements Rays {
    @Override
    public double x(int column, int row) {
        return (column - intrinsics.cx()) / intrinsics.fx();
    }

    @Override
    public double y(int column, int row) {
        return (row - intrinsics.cy()) / intrinsics.fy();
    }
}
