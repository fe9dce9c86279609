package io.liftstream.lifting.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * What a calibration says of the rectified picture, for viewers and stereo pairs. Points are not
 * made with it: they lie on the rays of the picture as taken.
 *
 * @param rotation R, 3 x 3, row-major: nine numbers, or none
 * @param projection P, 3 x 4, row-major, pixels: twelve numbers, or none
 */
public record Rectification(List<Double> rotation, List<Double> projection) {

    /** Nothing is said. */
    public static final Rectification NONE = new Rectification(List.of(), List.of());

    /** {@return what is wrong with the numbers, or null} */
    public String problem() {
        if (!isMatrix(rotation, 9)) {
            return "R is " + rotation + ": it must be 9 finite numbers, or absent";
        }
        if (!isMatrix(projection, 12)) {
            return "P is " + projection + ": it must be 12 finite numbers, or absent";
        }
        return null;
    }

    private static boolean isMatrix(List<Double> numbers, int size) {
        return numbers.isEmpty()
                || (numbers.size() == size && numbers.stream().allMatch(Double::isFinite));
    }

    /**
     * {@return the same for pictures of another size}
     *
     * @param across columns of them, of the columns of the calibrated pictures
     * @param down rows of them, of the rows of the calibrated pictures
     */
    public Rectification scaled(double across, double down) {
        if (projection.isEmpty()) {
            return this;
        }
        List<Double> scaled = new ArrayList<>(projection);
        scaleRow(scaled, 0, across);
        scaleRow(scaled, 4, down);
        return new Rectification(rotation, List.copyOf(scaled));
    }

    /** Pixel centres are on integers: the picture begins half a pixel before them. */
    private static void scaleRow(List<Double> matrix, int row, double by) {
        for (int i = row; i < row + 4; i++) {
            double depth = 0.5 * (i == row + 2 ? 1 : 0);
            matrix.set(i, (matrix.get(i) + depth) * by - depth);
        }
    }
}
