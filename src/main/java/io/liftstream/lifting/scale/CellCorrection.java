package io.liftstream.lifting.scale;

/**
 * What is added to a frame's outputs so that what stands still keeps its remembered depth: a value
 * for each cell of the grid, blended linearly from the middle of one cell to the next. It takes
 * away the slow waves that a network draws over each frame, and leaves the frame's own detail.
 *
 * @param cells what is added in the middle of each cell, row-major
 * @param columns of the grid
 * @param rows of the grid
 * @param width columns of the picture, pixels
 * @param height rows of the picture, pixels
 */
public record CellCorrection(float[] cells, int columns, int rows, int width, int height) {

    /**
     * Writes the corrected outputs.
     *
     * @param depth the frame's outputs, row-major
     * @param corrected takes as many values; not the same array
     */
    public void apply(float[] depth, float[] corrected) {
        // First along the rows of cells, then down: the second, longer step needs no table then,
        // and
        // the compiler makes vector instructions of it.
        float[] wide = widened();
        for (int row = 0; row < height; row++) {
            float place = place(row, height, rows);
            int upper = Math.min((int) place, Math.max(0, rows - 2));
            int lower = Math.min(upper + 1, rows - 1);
            blend(depth, corrected, row * width, wide, upper * width, lower * width, place - upper);
        }
    }

    private void blend(
            float[] depth,
            float[] corrected,
            int start,
            float[] wide,
            int upper,
            int lower,
            float part) {
        for (int column = 0; column < width; column++) {
            float from = wide[upper + column];
            float to = wide[lower + column];
            corrected[start + column] = depth[start + column] + (from + part * (to - from));
        }
    }

    /** The cells' values at each column of the picture, for each row of cells. */
    private float[] widened() {
        float[] wide = new float[rows * width];
        for (int column = 0; column < width; column++) {
            float place = place(column, width, columns);
            int left = Math.min((int) place, Math.max(0, columns - 2));
            int right = Math.min(left + 1, columns - 1);
            float part = place - left;
            for (int row = 0; row < rows; row++) {
                float from = cells[row * columns + left];
                float to = cells[row * columns + right];
                wide[row * width + column] = from + part * (to - from);
            }
        }
        return wide;
    }

    /** Where a pixel lies among the middles of the cells, from 0 to the last. */
    private static float place(int pixel, int pixels, int cells) {
        float place = (pixel + 0.5f) * cells / pixels - 0.5f;
        return Math.max(0, Math.min(cells - 1, place));
    }
}
