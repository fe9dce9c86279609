package io.liftstream.image;

import java.nio.FloatBuffer;

/**
 * Turns an image into a network's input: antialiased bicubic resize with 8-bit rounding between the
 * passes, then normalisation, one plane per channel. Bit for bit what torchvision and transformers'
 * fast image processors make of a uint8 image.
 *
 * <p>Written by hand because OpenCV's cubic kernel is another one (a = -0.75, no antialiasing,
 * other rounding). Keeps its scratch memory; not thread safe.
 */
public final class Tensorizer {
    private static final int CHANNELS = 3;

    /** The last image's geometry; a camera's images are all of one size. */
    private Resize resize = new Resize(1, 1, new InputSize(1, 1));

    /**
     * Writes one image's tensor at the buffer's position and moves the position behind it.
     *
     * @param image the image
     * @param size rows and columns of the tensor
     * @param format mean and standard deviation of the channels
     * @param tensor has room for {@code 3 * height * width} values; direct, for the network's sake
     */
    public void write(RgbImage image, InputSize size, TensorFormat format, FloatBuffer tensor) {
        if (!resize.fits(image, size)) {
            resize = new Resize(image.width(), image.height(), size);
        }
        resize.write(image.rgb(), format, tensor);
        tensor.position(tensor.position() + CHANNELS * size.height() * size.width());
    }

    /** One pair of sizes: its weights, and room for the rows under way. */
    private static final class Resize {
        private final int width;
        private final int height;
        private final InputSize size;
        private final CubicTaps rows;
        private final TapSums rowSums;
        private final RowResizer rowResizer;
        private final int[][] ring;
        private final int[] levels;
        private final float[] normalised;
        private final IntToFloat floats;

        Resize(int width, int height, InputSize size) {
            this.width = width;
            this.height = height;
            this.size = size;
            this.rows = new CubicTaps(height, size.height());
            this.rowSums = new TapSums(rows);
            this.rowResizer = new RowResizer(width, new CubicTaps(width, size.width()));
            // The rows of one output, and a block made when only the last of them was missing.
            this.ring = new int[rows.maxCount() + RowResizer.BLOCK_ROWS][CHANNELS * size.width()];
            this.levels = new int[CHANNELS * size.width()];
            this.normalised = new float[size.width()];
            this.floats = new IntToFloat(levels.length);
        }

        boolean fits(RgbImage image, InputSize wanted) {
            return width == image.width() && height == image.height() && size.equals(wanted);
        }

        void write(byte[] rgb, TensorFormat format, FloatBuffer tensor) {
            float[] mean = format.mean();
            float[] std = format.std();
            int origin = tensor.position();
            int plane = size.height() * size.width();
            int made = 0;
            for (int y = 0; y < size.height(); y++) {
                if (made < rows.first(y) + rows.count(y)) {
                    made = resizeRows(rgb, made, rows.first(y) + rows.count(y));
                }
                rowSums.write(y, ring, levels);
                floats.set(levels);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    floats.get(channel * size.width(), normalised);
                    normalise(normalised, mean[channel] * 255f, std[channel] * 255f);
                    tensor.put(origin + channel * plane + y * size.width(), normalised);
                }
            }
        }

        private int resizeRows(byte[] rgb, int made, int needed) {
            int row = made;
            while (row < needed) {
                int count = Math.min(RowResizer.BLOCK_ROWS, height - row);
                rowResizer.resize(rgb, row, count, ring);
                row += count;
            }
            return row;
        }

        private static void normalise(float[] values, float mean, float std) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] - mean) / std;
            }
        }
    }
}
