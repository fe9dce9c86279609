package io.liftstream.lifting.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TemporalErrorTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;

    private final TemporalError error = new TemporalError();

    @Test
    void aScaleThatFlickersByATenthIsAnErrorOfATenth() {
        assertThat(error.next(frame(1, 0, 0))).isNaN();
        assertThat(error.next(frame(1, 0, 0))).isZero();
        assertThat(error.next(frame(1.1, 0, 0)))
                .isCloseTo(100 * (0.1 + 0.1 / 1.1) / 2, within(1e-4));
        assertThat(error.next(frame(1.1, 0, 0))).isZero();
    }

    @Test
    void whatMovesIsLeftOut() {
        error.next(frame(1, 0, 0));
        assertThat(error.next(frame(1, 0, 20))).isZero();
    }

    @Test
    void aCameraThatMovesHasNone() {
        error.next(frame(1, 0, 0));
        assertThat(error.next(frame(1.2, 7, 0))).isNaN();
    }

    @Test
    void anotherExposureChangesNothing() {
        DepthSamples first = frame(1, 0, 0);
        byte[] brighter = first.luma().clone();
        for (int i = 0; i < brighter.length; i++) {
            brighter[i] = (byte) Math.round((brighter[i] & 0xff) * 1.2f);
        }
        error.next(first);
        assertThat(
                        error.next(
                                new DepthSamples(
                                        WIDTH, HEIGHT, first.columns(), first.metres(), brighter)))
                .isZero();
    }

    @Test
    void withoutDistancesThereIsNone() {
        error.next(frame(0, 0, 0));
        assertThat(error.next(frame(0, 0, 0))).isNaN();
    }

    /**
     * @param shift columns by which the picture moved
     * @param box columns of something bright and near on the left
     */
    private static DepthSamples frame(double scale, int shift, int box) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        float[] metres = new float[WIDTH * HEIGHT];
        Random random = new Random(3);
        int[] blocks = random.ints(400, 30, 180).toArray();
        for (int i = 0; i < metres.length; i++) {
            int column = i % WIDTH;
            int row = i / WIDTH;
            boolean isBox = column < box;
            metres[i] = (float) (scale * (isBox ? 0.7 : 2 + row / 40.0));
            byte luma = (byte) (isBox ? 240 : blocks[(column + shift) / 6 + 18 * (row / 6)]);
            rgb[3 * i] = luma;
            rgb[3 * i + 1] = luma;
            rgb[3 * i + 2] = luma;
        }
        return DepthSamples.of(rgb, metres, WIDTH, HEIGHT, 10);
    }
}
