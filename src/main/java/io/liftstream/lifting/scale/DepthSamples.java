package io.liftstream.lifting.scale;

/**
 * Distances and brightness at some pixels of a picture, at most 48x36 of them, evenly spread.
 *
 * @param width columns of the picture, pixels
 * @param height rows of the picture, pixels
 * @param columns samples in a row
 * @param metres distances; 0 where there is none
 * @param luma brightness around each, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared as a record.
public record DepthSamples(int width, int height, int columns, float[] metres, byte[] luma) {
    private static final int MAX_COLUMNS = 48;
    private static final int MAX_ROWS = 36;

    /**
     * {@return the samples of a picture}
     *
     * @param rgb interleaved red, green, blue, row-major
     * @param metres distances of the pixels, row-major
     * @param width columns, pixels
     * @param height rows, pixels
     * @param end metres from which a distance is none
     */
    public static DepthSamples of(byte[] rgb, float[] metres, int width, int height, double end) {
        int columns = Math.min(MAX_COLUMNS, width);
        int rows = Math.min(MAX_ROWS, height);
        float[] sampled = new float[columns * rows];
        byte[] luma = new byte[columns * rows];
        for (int row = 0; row < rows; row++) {
            int y = (2 * row + 1) * height / (2 * rows);
            for (int column = 0; column < columns; column++) {
                int x = (2 * column + 1) * width / (2 * columns);
                float distance = metres[y * width + x];
                int at = row * columns + column;
                sampled[at] = distance > 0 && distance < end ? distance : 0;
                luma[at] = luma(rgb, width, height, x, y);
            }
        }
        return new DepthSamples(width, height, columns, sampled, luma);
    }

    /** The mean green of a pixel and its neighbours, so that the sensor's noise counts less. */
    private static byte luma(byte[] rgb, int width, int height, int x, int y) {
        int sum = 0;
        int count = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                sum += rgb[3 * (v * width + u) + 1] & 0xff;
                count++;
            }
        }
        return (byte) (sum / count);
    }
}
