package io.liftstream.lifting.calibration;

import java.util.Arrays;

/**
 * Where the picture that a lens model describes folds back: fitted polynomials are monotonic as far
 * as the calibration's views went, and not beyond. The radius in the picture is {@code r n(r2) /
 * d(r2)} of a ray's radius r. It folds at the least radius where its derivative or d is 0; beyond,
 * rays of another branch meet pixels that have a ray already, or none.
 *
 * <p>Zeros are found between those of the derivative, by bisection. General root finders give
 * complex zeros, of which rounding decides whether they are real.
 */
final class LensFold {
    /** Square of the largest radius that is looked at: 0.006 degrees from a right angle. */
    private static final double FARTHEST = 1e8;

    private LensFold() {}

    /**
     * {@return the radius of the fold; infinite where there is none}
     *
     * @param numerator n, from the constant 1 on
     * @param denominator d, from the constant 1 on
     */
    static double radius(double[] numerator, double[] denominator) {
        double[] growth = new double[numerator.length + denominator.length - 1];
        for (int i = 0; i < numerator.length; i++) {
            for (int j = 0; j < denominator.length; j++) {
                growth[i + j] += (1 + 2 * i - 2 * j) * numerator[i] * denominator[j];
            }
        }
        return Math.sqrt(Math.min(firstZero(growth), firstZero(denominator)));
    }

    private static double firstZero(double[] polynomial) {
        double[] zeros = zeros(polynomial);
        return zeros.length == 0 ? Double.POSITIVE_INFINITY : zeros[0];
    }

    /** Where the sign changes, ascending. */
    private static double[] zeros(double[] polynomial) {
        if (polynomial.length == 1) {
            return new double[0];
        }
        double[] turns = zeros(derivative(polynomial));
        double[] zeros = new double[turns.length + 1];
        int found = 0;
        double from = 0;
        for (int i = 0; i <= turns.length; i++) {
            double to = i < turns.length ? turns[i] : FARTHEST;
            if (isPositive(polynomial, from) != isPositive(polynomial, to)) {
                zeros[found++] = bisect(polynomial, from, to);
            }
            from = to;
        }
        return Arrays.copyOf(zeros, found);
    }

    private static double[] derivative(double[] polynomial) {
        double[] derivative = new double[polynomial.length - 1];
        for (int i = 0; i < derivative.length; i++) {
            derivative[i] = (i + 1) * polynomial[i + 1];
        }
        return derivative;
    }

    private static double bisect(double[] polynomial, double from, double to) {
        boolean positive = isPositive(polynomial, from);
        double low = from;
        double high = to;
        double middle = (low + high) / 2;
        while (middle > low && middle < high) {
            if (isPositive(polynomial, middle) == positive) {
                low = middle;
            } else {
                high = middle;
            }
            middle = (low + high) / 2;
        }
        return low;
    }

    private static boolean isPositive(double[] polynomial, double at) {
        double value = 0;
        for (int i = polynomial.length - 1; i >= 0; i--) {
            value = value * at + polynomial[i];
        }
        return value > 0;
    }
}
