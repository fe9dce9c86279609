package io.liftstream.lifting.calibration;

import io.liftstream.frame.Intrinsics;

/**
 * The ray of every pixel of a picture taken through a lens, found once: points then lie where the
 * lens saw them, and the picture is not resampled. 8 bytes a pixel.
 *
 * <p>Each ray is found by Newton's method from its neighbour's, and is checked by projecting it:
 * where that misses the pixel, or lies beyond the {@link LensFold}, the pixel has none. OpenCV has
 * such an inverse for three of the four models; its five fixed-point steps miss by pixels in the
 * corners of wide lenses, and it does not say where a pixel has no ray.
 */
public record RayTable(int width, float[] xs, float[] ys) implements Rays {
    private static final int MAX_STEPS = 30;
    private static final double DIFFERENCE = 1e-6;

    /** Focal lengths: a millionth of a pixel for any camera. */
    private static final double EXACT = 1e-10;

    static RayTable of(Lens lens, Intrinsics intrinsics, int width, int height) {
        RayTable table = new RayTable(width, new float[width * height], new float[width * height]);
        Newton newton = new Newton(lens);
        for (int row = 0; row < height; row++) {
            double imageY = (row - intrinsics.cy()) / intrinsics.fy();
            for (int column = 0; column < width; column++) {
                double imageX = (column - intrinsics.cx()) / intrinsics.fx();
                table.put(row * width + column, newton, imageX, imageY, lens);
            }
        }
        return table;
    }

    private void put(int pixel, Newton newton, double imageX, double imageY, Lens lens) {
        double slope = Double.NaN;
        if (newton.solve(imageX, imageY)) {
            slope = lens.slope(newton.u, newton.v);
        }
        xs[pixel] = (float) (newton.u * slope);
        ys[pixel] = (float) (newton.v * slope);
    }

    @Override
    public double x(int column, int row) {
        return xs[row * width + column];
    }

    @Override
    public double y(int column, int row) {
        return ys[row * width + column];
    }

    /** {@return the number of pixels that have a ray} */
    public int rays() {
        int rays = 0;
        for (float value : xs) {
            rays += Float.isNaN(value) ? 0 : 1;
        }
        return rays;
    }

    /** Finds the ray that a lens puts at a place of the picture. */
    private static final class Newton {
        private final Lens lens;
        private final double[] image = new double[2];
        private final double[] beside = new double[2];
        private double u;
        private double v;

        Newton(Lens lens) {
            this.lens = lens;
        }

        /**
         * Leaves the ray in u and v; begins at the ray found last, or else at the place itself, or
         * else, where the lens folds, near the ray on this side of it.
         */
        boolean solve(double imageX, double imageY) {
            if (descend(imageX, imageY)) {
                return true;
            }
            u = imageX;
            v = imageY;
            if (descend(imageX, imageY)) {
                return true;
            }
            if (Double.isFinite(lens.fold())) {
                startBeforeFold(imageX, imageY);
                if (descend(imageX, imageY)) {
                    return true;
                }
            }
            u = 0;
            v = 0;
            return false;
        }

        /** Up to the fold the radius in the picture grows with the ray's: bisects. */
        private void startBeforeFold(double imageX, double imageY) {
            double distance = Math.hypot(imageX, imageY);
            double near = 0;
            double far = lens.fold();
            for (int step = 0; step < MAX_STEPS; step++) {
                double middle = (near + far) / 2;
                u = middle * imageX / distance;
                v = middle * imageY / distance;
                lens.project(u, v, image);
                if (image[0] * imageX + image[1] * imageY < distance * distance) {
                    near = middle;
                } else {
                    far = middle;
                }
            }
        }

        private boolean descend(double imageX, double imageY) {
            for (int step = 0; step < MAX_STEPS; step++) {
                lens.project(u, v, image);
                double missX = image[0] - imageX;
                double missY = image[1] - imageY;
                lens.project(u + DIFFERENCE, v, beside);
                double xu = (beside[0] - image[0]) / DIFFERENCE;
                double yu = (beside[1] - image[1]) / DIFFERENCE;
                lens.project(u, v + DIFFERENCE, beside);
                double xv = (beside[0] - image[0]) / DIFFERENCE;
                double yv = (beside[1] - image[1]) / DIFFERENCE;
                double determinant = xu * yv - xv * yu;
                if (Math.abs(missX) + Math.abs(missY) < EXACT) {
                    return determinant > 0 && xu + yv > 0 && isBeforeFold();
                }
                u -= (yv * missX - xv * missY) / determinant;
                v -= (xu * missY - yu * missX) / determinant;
            }
            return false;
        }

        private boolean isBeforeFold() {
            return Math.hypot(u, v) < lens.fold();
        }
    }
}
