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
        // First along the rows of cells, then down: the second, longer step needs no table then.
        // Two loops one after the other, and not one in the other: the compiler makes vector
        // instructions of the second then.
        float[][] wide = new Columns(this).widened(cells, rows);
        for (int row = 0; row < height; row++) {
            float place = place(row, height, rows);
            int upper = Math.min((int) place, Math.max(0, rows - 2));
            float[] below = wide[Math.min(upper + 1, rows - 1)];
            blend(depth, corrected, row * width, wide[upper], below, place - upper);
        }
    }

    private static void blend(
            float[] depth, float[] corrected, int start, float[] above, float[] below, float part) {
        for (int column = 0; column < above.length; column++) {
            float from = above[column];
            float to = below[column];
            corrected[start + column] = depth[start + column] + (from + part * (to - from));
        }
    }

    /** Where a pixel lies among the middles of the cells, from 0 to the last. */
    private static float place(int pixel, int pixels, int cells) {
        float place = (pixel + 0.5f) * cells / pixels - 0.5f;
        return Math.max(0, Math.min(cells - 1, place));
    }

    /** Between which cells of a row each column of the picture lies. */
    private static final class Columns {
        private final int cells;
        private final int[] lefts;
        private final float[] parts;

        Columns(CellCorrection correction) {
            cells = correction.columns;
            lefts = new int[correction.width];
            parts = new float[correction.width];
            for (int column = 0; column < lefts.length; column++) {
                float place = place(column, correction.width, cells);
                lefts[column] = Math.min((int) place, Math.max(0, cells - 2));
                parts[column] = place - lefts[column];
            }
        }

        /** Each row of cells' values at each column of the picture. */
        float[][] widened(float[] values, int rows) {
            float[][] wide = new float[rows][lefts.length];
            for (int row = 0; row < rows; row++) {
                widen(values, row * cells, wide[row]);
            }
            return wide;
        }

        private void widen(float[] values, int start, float[] wide) {
            int last = start + cells - 1;
            for (int column = 0; column < wide.length; column++) {
                int left = start + lefts[column];
                float from = values[left];
                float to = values[Math.min(left + 1, last)];
                wide[column] = from + parts[column] * (to - from);
            }
        }
    }
}
