package io.liftstream.scenes;

/** How a surface changes from its first colour to its second, on coordinates in metres. */
enum Texture {
    PLAIN,
    SPECKLED,
    CLOUDY,
    CHECKED,
    STRIPED,
    BRICK,
    TILED,
    PLANKS,
    DOTTED,
    WINDOWS;

    /** Narrowest joint between bricks, tiles and planks, as a part of the period. */
    private static final double JOINT = 0.05;

    /**
     * The share of the second colour, 0..1.
     *
     * @param u first coordinate on the surface, in periods of the texture
     * @param v second coordinate, in periods
     * @param footprint size of one pixel on the surface, in periods; what is finer fades to its
     *     mean, as in a camera, instead of flickering
     */
    double mix(double u, double v, double footprint) {
        double sharp = Math.max(0, Math.min(1, 1.6 - 2.2 * footprint));
        return switch (this) {
            case SPECKLED -> fade(Noise.smooth(u * 4, v * 4), 0.5, Math.min(1, sharp * 2));
            case CLOUDY -> Noise.cloudy(u, v);
            case CHECKED ->
                    fade((double) (((long) Math.floor(u) + (long) Math.floor(v)) & 1L), 0.5, sharp);
            case STRIPED -> fade(u - Math.floor(u) < 0.5 ? 1 : 0, 0.5, sharp);
            case BRICK -> fade(brick(u, v, footprint), 0.3, sharp);
            case TILED -> fade(tile(u, v, footprint), 0.2, sharp);
            case PLANKS -> fade(plank(u, v, footprint), 0.4, sharp);
            case DOTTED -> fade(dot(u, v), 0.3, sharp);
            case WINDOWS -> fade(window(u, v), 0.35, sharp);
            default -> 0;
        };
    }

    private static double fade(double value, double mean, double sharp) {
        return mean + (value - mean) * sharp;
    }

    private static double joint(double position, double footprint) {
        double edge = position - Math.floor(position);
        return Math.min(edge, 1 - edge) < Math.max(JOINT, 0.4 * footprint) ? 1 : 0;
    }

    private static double brick(double u, double v, double footprint) {
        double row = v * 2.4;
        double shifted = u + 0.5 * (((long) Math.floor(row)) & 1L);
        return Math.max(joint(shifted, footprint), joint(row, footprint * 2.4)) > 0
                ? 1
                : 0.5 * Noise.cell(shifted, row);
    }

    private static double tile(double u, double v, double footprint) {
        return Math.max(joint(u, footprint), joint(v, footprint)) > 0 ? 1 : 0.25 * Noise.cell(u, v);
    }

    private static double plank(double u, double v, double footprint) {
        double along = u * 0.12 + 0.37 * Math.floor(v);
        if (joint(v, footprint) > 0) {
            return 1;
        }
        return 0.5 * Noise.cell(along, v) + 0.35 * Noise.smooth(u * 0.7, v * 9);
    }

    private static double dot(double u, double v) {
        double a = u - Math.floor(u) - 0.5;
        double b = v - Math.floor(v) - 0.5;
        return a * a + b * b < 0.09 ? 1 : 0;
    }

    private static double window(double u, double v) {
        double a = u - Math.floor(u);
        double b = v - Math.floor(v);
        return a > 0.25 && a < 0.75 && b > 0.2 && b < 0.8 ? 0.7 + 0.3 * Noise.cell(u, v) : 0;
    }
}
