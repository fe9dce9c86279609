package io.liftstream.lifting.scale;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Surveyed distances in a camera's view. Relative inverse depth v is affine in 1/z, so two of them
 * fix both unknowns of {@code 1/z = A + B v}; more are fitted by least squares of the relative
 * error, and tell whether they agree.
 *
 * @param points at least two, unless there are none
 */
public record KnownPoints(List<KnownPoint> points) implements Serializable {

    /** No points. */
    public static final KnownPoints NONE = new KnownPoints(List.of());

    /** Points contradict each other where the fit misses one by more than this share. */
    public static final double LARGEST_RESIDUAL = 0.1;

    /** Two inverse distances that differ by less say too little about the scale. */
    private static final double LEAST_SPREAD = 0.05;

    /**
     * Reads points as they are configured: {@code column,row,metres; column,row,metres}.
     *
     * @param text two points or more
     * @return the points
     * @throws IllegalArgumentException saying what is wrong with them
     */
    public static KnownPoints parse(String text) {
        List<KnownPoint> points = new ArrayList<>();
        for (String item : text.split(";", -1)) {
            points.add(parsePoint(item.trim()));
        }
        return of(points);
    }

    /**
     * {@return points that fix a scale}
     *
     * @param points two points or more
     * @throws IllegalArgumentException saying what is wrong with them
     */
    public static KnownPoints of(List<KnownPoint> points) {
        for (KnownPoint point : points) {
            if (point.column() < 0 || point.row() < 0 || !isDistance(point.metres())) {
                throw new IllegalArgumentException(
                        "the point at "
                                + place(point)
                                + " is "
                                + point.metres()
                                + " m away: give columns and rows from 0, and distances above 0");
            }
        }
        KnownPoints known = new KnownPoints(List.copyOf(points));
        known.requireTwoDistances();
        return known;
    }

    private static KnownPoint parsePoint(String item) {
        String[] numbers = item.split(",", -1);
        try {
            if (numbers.length == 3) {
                KnownPoint point =
                        new KnownPoint(
                                Integer.parseInt(numbers[0].trim()),
                                Integer.parseInt(numbers[1].trim()),
                                Double.parseDouble(numbers[2].trim()));
                if (point.column() >= 0 && point.row() >= 0 && isDistance(point.metres())) {
                    return point;
                }
            }
        } catch (NumberFormatException e) {
            // Refused below, like every other text that is no point.
        }
        throw new IllegalArgumentException(
                "\""
                        + item
                        + "\" is not a known point: write column,row,metres, for example 320,240,3.1,"
                        + " and ; between two points");
    }

    private static boolean isDistance(double metres) {
        return metres > 0 && metres < Double.POSITIVE_INFINITY;
    }

    private void requireTwoDistances() {
        if (points.size() < 2) {
            throw new IllegalArgumentException(
                    "one point: give two or more, as scale and shift are two unknowns");
        }
        Set<List<Integer>> pixels = new HashSet<>();
        for (KnownPoint point : points) {
            if (!pixels.add(List.of(point.column(), point.row()))) {
                throw new IllegalArgumentException(
                        "two points at " + place(point) + ": give each pixel one distance");
            }
        }
        double nearest = points.stream().mapToDouble(KnownPoint::metres).min().orElseThrow();
        double farthest = points.stream().mapToDouble(KnownPoint::metres).max().orElseThrow();
        if (1 - nearest / farthest < LEAST_SPREAD) {
            throw new IllegalArgumentException(
                    "all points are about "
                            + nearest
                            + " m away: give points at different distances, the nearest at most "
                            + (1 - LEAST_SPREAD)
                            + " of the farthest");
        }
    }

    private static String place(KnownPoint point) {
        return "(" + point.column() + ", " + point.row() + ")";
    }

    /** {@return whether there are any} */
    public boolean isEmpty() {
        return points.isEmpty();
    }

    /**
     * Checks that every point lies in a picture.
     *
     * @param picture its size
     * @throws LiftingException INVALID_COMMAND naming the point
     */
    public void requireInside(ImageSize picture) {
        for (KnownPoint point : points) {
            if (point.column() >= picture.width() || point.row() >= picture.height()) {
                throw new LiftingException(
                        RejectionReason.INVALID_COMMAND,
                        "known point",
                        place(point),
                        "must lie in the picture of "
                                + picture
                                + "; correct the camera's known-points");
            }
        }
    }

    /**
     * {@return the points in the same picture at another size}
     *
     * @param picture its size; every point lies in it
     * @param to the other size
     */
    public KnownPoints scaled(ImageSize picture, ImageSize to) {
        return picture.equals(to)
                ? this
                : new KnownPoints(
                        points.stream()
                                .map(
                                        point ->
                                                new KnownPoint(
                                                        scaled(
                                                                point.column(),
                                                                picture.width(),
                                                                to.width()),
                                                        scaled(
                                                                point.row(),
                                                                picture.height(),
                                                                to.height()),
                                                        point.metres()))
                                .toList());
    }

    /** The pixel that covers the centre of one. */
    private static int scaled(int pixel, int from, int to) {
        return (int) ((2L * pixel + 1) * to / (2L * from));
    }

    /** A number that tells these pixels from others, the same on every host. */
    int pixelHash() {
        int[] pixels = new int[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            pixels[2 * i] = points.get(i).column();
            pixels[2 * i + 1] = points.get(i).row();
        }
        return Arrays.hashCode(pixels);
    }

    /** The mean of the map about each point: 3 x 3 pixels, fewer at the border. */
    double[] sample(float[] depth, int width, int height) {
        double[] values = new double[points.size()];
        for (int i = 0; i < values.length; i++) {
            KnownPoint point = points.get(i);
            int count = 0;
            for (int row = Math.max(0, point.row() - 1);
                    row <= Math.min(height - 1, point.row() + 1);
                    row++) {
                for (int column = Math.max(0, point.column() - 1);
                        column <= Math.min(width - 1, point.column() + 1);
                        column++) {
                    values[i] += depth[row * width + column];
                    count++;
                }
            }
            values[i] /= count;
        }
        return values;
    }

    /**
     * The line from relative inverse depth to inverse metres with the least relative errors; null
     * where it does not rise.
     */
    AffineFit fit(double[] depth) {
        double total = 0;
        double meanDepth = 0;
        double meanInverse = 0;
        for (int i = 0; i < depth.length; i++) {
            double weight = weight(i);
            total += weight;
            meanDepth += weight * depth[i];
            meanInverse += weight / points.get(i).metres();
        }
        meanDepth /= total;
        meanInverse /= total;
        double spread = 0;
        double common = 0;
        for (int i = 0; i < depth.length; i++) {
            double away = depth[i] - meanDepth;
            spread += weight(i) * away * away;
            common += weight(i) * away * (1 / points.get(i).metres() - meanInverse);
        }
        double scale = common / spread;
        return scale > 0 && scale < Double.POSITIVE_INFINITY
                ? new AffineFit(scale, meanInverse - scale * meanDepth)
                : null;
    }

    /** An error of 1/z is relative where it is multiplied by z. */
    private double weight(int point) {
        return points.get(point).metres() * points.get(point).metres();
    }

    /** The largest relative error of a line. */
    double residual(AffineFit line, double[] depth) {
        double residual = 0;
        for (int i = 0; i < depth.length; i++) {
            double relative = line.apply(depth[i]) * points.get(i).metres() - 1;
            residual = Math.max(residual, Math.abs(relative));
        }
        return residual;
    }
}
