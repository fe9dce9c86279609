package io.liftstream.cli.demo;

/**
 * The true depth of a rendered frame.
 *
 * @param metres z along the optical axis, row-major; infinite for the sky
 */
record DepthTruth(int width, int height, float[] metres) {

    /** {@return the same with other columns and rows: each has the depth at its pixel's centre} */
    DepthTruth ofSize(int columns, int rows) {
        if (columns == width && rows == height) {
            return this;
        }
        float[] sampled = new float[columns * rows];
        for (int i = 0; i < sampled.length; i++) {
            int row = (2 * (i / columns) + 1) * height / (2 * rows);
            int column = (2 * (i % columns) + 1) * width / (2 * columns);
            sampled[i] = metres[row * width + column];
        }
        return new DepthTruth(columns, rows, sampled);
    }
}
