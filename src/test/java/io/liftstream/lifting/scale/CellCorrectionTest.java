package io.liftstream.lifting.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellCorrectionTest {

    @ParameterizedTest
    @CsvSource({"96, 72, 640, 480", "96, 72, 97, 73", "5, 3, 5, 3", "1, 4, 1, 9", "6, 1, 31, 1"})
    void eachPixelIsBlendedFirstAlongItsRowOfCellsAndThenDown(
            int columns, int rows, int width, int height) {
        Random random = new Random(5);
        float[] cells = randomValues(random, columns * rows);
        float[] depth = randomValues(random, width * height);
        float[] corrected = new float[depth.length];

        new CellCorrection(cells, columns, rows, width, height).apply(depth, corrected);

        for (int row = 0; row < height; row++) {
            float down = place(row, height, rows);
            int upper = Math.min((int) down, Math.max(0, rows - 2));
            int lower = Math.min(upper + 1, rows - 1);
            for (int column = 0; column < width; column++) {
                float across = place(column, width, columns);
                float from = blended(cells, upper * columns, columns, across);
                float to = blended(cells, lower * columns, columns, across);
                int pixel = row * width + column;
                assertThat(corrected[pixel])
                        .isEqualTo(depth[pixel] + (from + (down - upper) * (to - from)));
            }
        }
    }

    private static float[] randomValues(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static float place(int pixel, int pixels, int cells) {
        float place = (pixel + 0.5f) * cells / pixels - 0.5f;
        return Math.max(0, Math.min(cells - 1, place));
    }

    private static float blended(float[] cells, int start, int columns, float across) {
        int left = Math.min((int) across, Math.max(0, columns - 2));
        int right = Math.min(left + 1, columns - 1);
        float from = cells[start + left];
        return from + (across - left) * (cells[start + right] - from);
    }
}
