package io.liftstream.lifting.scale;

import java.util.Arrays;

/**
 * Divides a picture into at most 96x72 cells of nearly equal size, and averages over them. Cells
 * are sampled, at least three rows and columns of each: a cell is one of thousands, and its mean
 * need not be exact.
 */
final class CellGrid {
    private static final int MAX_COLUMNS = 96;
    private static final int MAX_ROWS = 72;
    private static final int SAMPLES_OF_A_SIDE = 3;

    private final int width;
    private final int[] columnStarts;
    private final int[] rowStarts;

    CellGrid(int width, int height) {
        this.width = width;
        this.columnStarts = starts(width, Math.min(MAX_COLUMNS, width));
        this.rowStarts = starts(height, Math.min(MAX_ROWS, height));
    }

    private static int[] starts(int pixels, int cells) {
        int[] starts = new int[cells + 1];
        for (int i = 0; i <= cells; i++) {
            starts[i] = (int) ((long) i * pixels / cells);
        }
        return starts;
    }

    int columns() {
        return columnStarts.length - 1;
    }

    int rows() {
        return rowStarts.length - 1;
    }

    int cells() {
        return columns() * rows();
    }

    boolean fits(int pictureWidth, int pictureHeight) {
        return pictureWidth == width && pictureHeight == rowStarts[rows()];
    }

    /** The cell that a pixel is in. */
    int cellOf(int column, int row) {
        return index(rowStarts, row) * columns() + index(columnStarts, column);
    }

    private static int index(int[] starts, int pixel) {
        int found = Arrays.binarySearch(starts, pixel);
        return found >= 0 ? found : -found - 2;
    }

    /** The mean of each cell, row-major. */
    float[] depth(float[] pixels) {
        float[] means = new float[cells()];
        for (int row = 0; row < rows(); row++) {
            int step = step(rowStarts, row);
            for (int column = 0; column < columns(); column++) {
                int from = columnStarts[column];
                int to = columnStarts[column + 1];
                double sum = 0;
                int sampled = 0;
                for (int y = rowStarts[row]; y < rowStarts[row + 1]; y += step) {
                    for (int i = y * width + from; i < y * width + to; i++) {
                        sum += pixels[i];
                    }
                    sampled += to - from;
                }
                means[row * columns() + column] = (float) (sum / sampled);
            }
        }
        return means;
    }

    /** The mean brightness of each cell, 0 to 255, rounded. */
    byte[] luma(byte[] rgb) {
        byte[] means = new byte[cells()];
        for (int row = 0; row < rows(); row++) {
            int down = step(rowStarts, row);
            for (int column = 0; column < columns(); column++) {
                int across = 3 * step(columnStarts, column);
                int sum = 0;
                int sampled = 0;
                for (int y = rowStarts[row]; y < rowStarts[row + 1]; y += down) {
                    int end = 3 * (y * width + columnStarts[column + 1]);
                    for (int i = 3 * (y * width + columnStarts[column]); i < end; i += across) {
                        // Near enough to Rec. 601: green counts most, blue least.
                        sum +=
                                5 * (rgb[i] & 0xff)
                                        + 9 * (rgb[i + 1] & 0xff)
                                        + 2 * (rgb[i + 2] & 0xff);
                        sampled++;
                    }
                }
                int weight = 16 * sampled;
                means[row * columns() + column] = (byte) ((sum + weight / 2) / weight);
            }
        }
        return means;
    }

    /** From one sampled row or column of a cell to the next. */
    private static int step(int[] starts, int cell) {
        return Math.max(1, (starts[cell + 1] - starts[cell]) / SAMPLES_OF_A_SIDE);
    }
}
