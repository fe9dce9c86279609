package io.liftstream.scenes;

import java.util.SplittableRandom;

/**
 * Smooth random values on the plane, repeating every 256 units: a fixed table, interpolated, since
 * textures ask for it several times a pixel.
 */
final class Noise {
    private static final int SIZE = 256;
    private static final int MASK = SIZE - 1;
    private static final float[] TABLE = table();

    private Noise() {}

    private static float[] table() {
        SplittableRandom random = new SplittableRandom(20261122L);
        float[] table = new float[SIZE * SIZE];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) random.nextDouble();
        }
        return table;
    }

    /** Value noise in 0..1 with features of about one unit. */
    static double smooth(double u, double v) {
        int floorU = floor(u);
        int floorV = floor(v);
        int column = floorU & MASK;
        int row = floorV & MASK;
        double a = u - floorU;
        double b = v - floorV;
        a = a * a * (3 - 2 * a);
        b = b * b * (3 - 2 * b);
        int nextColumn = (column + 1) & MASK;
        int upper = row * SIZE;
        int lower = ((row + 1) & MASK) * SIZE;
        double top = TABLE[upper + column] * (1 - a) + TABLE[upper + nextColumn] * a;
        double bottom = TABLE[lower + column] * (1 - a) + TABLE[lower + nextColumn] * a;
        return top * (1 - b) + bottom * b;
    }

    /** The value of one cell, 0..1: the tone of one brick, tile or plank. */
    static double cell(double u, double v) {
        int column = floor(u) & MASK;
        int row = floor(v) & MASK;
        return TABLE[((row * 57 + 11) & MASK) * SIZE + ((column * 91 + 7) & MASK)];
    }

    private static int floor(double value) {
        int whole = (int) value;
        return value < whole ? whole - 1 : whole;
    }

    /** Three octaves of smooth noise, 0..1. */
    static double cloudy(double u, double v) {
        return 0.55 * smooth(u, v)
                + 0.3 * smooth(2.03 * u + 17, 2.03 * v + 5)
                + 0.15 * smooth(4.1 * u + 3, 4.1 * v + 31);
    }
}
