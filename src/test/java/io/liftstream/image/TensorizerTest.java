package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tensor of noise, at many pairs of sizes, is what one pixel after the other gives. */
class TensorizerTest {

    @ParameterizedTest(name = "{0}x{1} to {2}x{3}")
    @CsvSource({
        "1, 1, 14, 14",
        "3, 2, 28, 14",
        "5, 300, 42, 14",
        "63, 64, 70, 70",
        "64, 65, 56, 56",
        "80, 128, 56, 84",
        "97, 129, 98, 126",
        "100, 192, 28, 56",
        "250, 200, 14, 28",
        "300, 333, 42, 14",
        "640, 480, 182, 140",
        "700, 1030, 14, 28",
    })
    void noiseIsResizedInWholeNumbers(int width, int height, int columns, int rows) {
        RgbImage image = new RgbImage(width, height, noise(3 * width * height));
        float[] mean = {0.1f, 0.5f, 0.9f};
        float[] std = {0.2f, 0.3f, 1f};
        FloatBuffer tensor = FloatBuffer.allocate(3 * rows * columns);
        new Tensorizer()
                .write(image, new InputSize(rows, columns), new TensorFormat(mean, std), tensor);
        for (int channel = 0; channel < 3; channel++) {
            long[][] levels = transposed(plane(image, channel));
            levels = resized(transposed(resized(levels, columns)), rows);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    float expected = (levels[y][x] - mean[channel] * 255f) / (std[channel] * 255f);
                    assertThat(tensor.get((channel * rows + y) * columns + x)).isEqualTo(expected);
                }
            }
        }
    }

    private static byte[] noise(int count) {
        Random random = new Random(count);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            // Half of them extreme, so that sums leave 0 to 255 and must be clamped.
            bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(2) - 1);
        }
        return bytes;
    }

    private static long[][] plane(RgbImage image, int channel) {
        long[][] plane = new long[image.height()][image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                plane[y][x] = image.rgb()[3 * (y * image.width() + x) + channel] & 0xff;
            }
        }
        return plane;
    }

    private static long[][] transposed(long[][] values) {
        long[][] turned = new long[values[0].length][values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[0].length; j++) {
                turned[j][i] = values[i][j];
            }
        }
        return turned;
    }

    /** Each line a weighted sum of lines, rounded to a whole number half up, then clamped. */
    private static long[][] resized(long[][] lines, int outputs) {
        CubicTaps taps = new CubicTaps(lines.length, outputs);
        long[][] resized = new long[outputs][lines[0].length];
        for (int output = 0; output < outputs; output++) {
            for (int i = 0; i < lines[0].length; i++) {
                long sum = 0;
                for (int k = 0; k < taps.count(output); k++) {
                    long weight = taps.weights()[taps.start(output) + k];
                    sum += weight * lines[taps.first(output) + k][i];
                }
                long unit = 1L << taps.fractionBits();
                resized[output][i] =
                        Math.min(Math.max(Math.floorDiv(sum + unit / 2, unit), 0), 255);
            }
        }
        return resized;
    }
}
