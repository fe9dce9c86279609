package io.liftstream.image;

import java.nio.FloatBuffer;
import java.util.Arrays;

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
        resize.write(image.rgb(), new Normalisation(format), tensor);
        tensor.position(tensor.position() + CHANNELS * size.height() * size.width());
    }

    /** One pair of sizes: its weights, and room for the rows under way. */
    private static final class Resize {
        private final int width;
        private final int height;
        private final InputSize size;
        private final CubicTaps rows;
        private final RowResizer rowResizer;
        private final int[][] ring;
        private final int[] sums;
        private final float[] normalised;

        Resize(int width, int height, InputSize size) {
            this.width = width;
            this.height = height;
            this.size = size;
            this.rows = new CubicTaps(height, size.height());
            this.rowResizer = new RowResizer(width, new CubicTaps(width, size.width()));
            // Rows are made in pairs, so one more than the taps may be alive.
            int ringLength = Integer.highestOneBit(rows.maxCount() + 1) << 1;
            this.ring = new int[ringLength][CHANNELS * size.width()];
            this.sums = new int[CHANNELS * size.width()];
            this.normalised = new float[size.width()];
        }

        boolean fits(RgbImage image, InputSize wanted) {
            return width == image.width() && height == image.height() && size.equals(wanted);
        }

        void write(byte[] rgb, Normalisation normalisation, FloatBuffer tensor) {
            int origin = tensor.position();
            int plane = size.height() * size.width();
            int made = 0;
            for (int y = 0; y < size.height(); y++) {
                int needed = rows.first(y) + rows.count(y);
                for (; made < needed; made += 2) {
                    resizePair(rgb, made);
                }
                sumRows(y);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    normalisation.apply(
                            channel, sums, channel * size.width(), rows.fractionBits(), normalised);
                    tensor.put(origin + channel * plane + y * size.width(), normalised);
                }
            }
        }

        private void resizePair(byte[] rgb, int row) {
            int rowBytes = CHANNELS * width;
            int lower = Math.min(row + 1, height - 1);
            rowResizer.resize(
                    rgb, row * rowBytes, lower * rowBytes, ringRow(row), ringRow(row + 1));
        }

        private int[] ringRow(int row) {
            return ring[row & (ring.length - 1)];
        }

        private void sumRows(int y) {
            int start = rows.start(y);
            int first = rows.first(y);
            int count = rows.count(y);
            Arrays.fill(sums, 1 << rows.fractionBits() >> 1);
            int k = 0;
            for (; k + 4 <= count; k += 4) {
                add4(start + k, first + k);
            }
            for (; k < count; k++) {
                add1(rows.weights()[start + k], ringRow(first + k));
            }
        }

        // Plain loops over arrays: the compiler turns them into vector instructions.
        private void add4(int start, int row) {
            int[] weights = rows.weights();
            add4(
                    weights[start], ringRow(row),
                    weights[start + 1], ringRow(row + 1),
                    weights[start + 2], ringRow(row + 2),
                    weights[start + 3], ringRow(row + 3));
        }

        private void add4(
                int weight0,
                int[] row0,
                int weight1,
                int[] row1,
                int weight2,
                int[] row2,
                int weight3,
                int[] row3) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] +=
                        weight0 * row0[i]
                                + weight1 * row1[i]
                                + weight2 * row2[i]
                                + weight3 * row3[i];
            }
        }

        private void add1(int weight, int[] row) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * row[i];
            }
        }
    }

    /** From weighted sums to the network's floats. */
    private static final class Normalisation {
        /** Bicubic overshoot stays well within one more range on either side. */
        private static final int BELOW = 256;

        private static final int VALUES = 1024;

        private final float[][] tables = new float[CHANNELS][VALUES];

        Normalisation(TensorFormat format) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                float mean = format.mean()[channel] * 255f;
                float std = format.std()[channel] * 255f;
                for (int i = 0; i < VALUES; i++) {
                    int level = Math.min(Math.max(i - BELOW, 0), 255);
                    tables[channel][i] = (level - mean) / std;
                }
            }
        }

        void apply(int channel, int[] sums, int from, int fractionBits, float[] normalised) {
            float[] table = tables[channel];
            for (int i = 0; i < normalised.length; i++) {
                normalised[i] = table[(sums[from + i] >> fractionBits) + BELOW];
            }
        }
    }
}
