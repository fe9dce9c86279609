package io.liftstream.lifting.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthEdgesTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final float NEAR = 1.2f;
    private static final float FAR = 3.4f;
    private static final int STEP = 300;

    private final DepthEdges edges = new DepthEdges();

    @Test
    void noPointFliesBetweenTwoPlanesAndFewAreLostOnThem() {
        float[] metres = stepWithRamp(6);
        int flying = countBetween(metres);

        int lost = edges.remove(metres, WIDTH, HEIGHT, DepthEdges.DEFAULT_MAX_JUMP, 10);

        assertThat(flying).isEqualTo(6 * HEIGHT);
        assertThat(countBetween(metres)).isZero();
        int lostOnThePlanes = lost - flying;
        assertThat(lostOnThePlanes).isEqualTo(2 * HEIGHT).isLessThan(WIDTH * HEIGHT / 100);
    }

    @Test
    void aFloorThatRunsIntoTheDistanceStaysWhole() {
        // 1.5 m below a camera of 525 pixels focal length: inverse distance is linear in the row.
        float[] metres = new float[WIDTH * HEIGHT];
        for (int i = 0; i < metres.length; i++) {
            int below = i / WIDTH - HEIGHT / 2;
            metres[i] = below > 0 ? 525 * 1.5f / below : 0;
        }
        // Nothing is lost nearer than 30 m.
        assertThat(edges.remove(metres, WIDTH, HEIGHT, DepthEdges.DEFAULT_MAX_JUMP, 30)).isZero();
    }

    @Test
    void aHoleWearsNothingAway() {
        for (float hole : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] metres = {2, 2, 2, 2, hole, 2, 2, 2, 2};
            assertThat(edges.remove(metres, 3, 3, DepthEdges.DEFAULT_MAX_JUMP, 10)).isZero();
            assertThat(metres).containsExactly(2, 2, 2, 2, hole, 2, 2, 2, 2);
        }
    }

    @Test
    void bothSidesOfAJumpLoseTheirPixelAndOnlyPointsAreCounted() {
        float[] metres = {2, 2, 40, 40};
        assertThat(edges.remove(metres, 4, 1, DepthEdges.DEFAULT_MAX_JUMP, 10)).isEqualTo(1);
        assertThat(metres).containsExactly(2, 0, 0, 40);
        float[] column = {2, 2, 40, 40};
        assertThat(edges.remove(column, 1, 4, DepthEdges.DEFAULT_MAX_JUMP, 50)).isEqualTo(2);
        assertThat(column).containsExactly(2, 0, 0, 40);
    }

    @Test
    void aJumpIsAShareOfTheLargerInverseDistance() {
        assertThat(DepthEdges.isJump(1, 1.041f, 0.04)).isFalse();
        assertThat(DepthEdges.isJump(1, 1.043f, 0.04)).isTrue();
        assertThat(DepthEdges.isJump(104.3f, 100, 0.04)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "9, 1", "2, 2", "17, 3", "33, 65", "64, 48"})
    void aPictureIsThatOfSinglePairs(int width, int height) {
        float[] odd = {0, -0f, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e-40f, Float.MAX_VALUE};
        Random random = new Random(width);
        float[] metres = new float[width * height];
        for (int i = 0; i < metres.length; i++) {
            boolean other = random.nextInt(20) == 0;
            metres[i] = other ? odd[random.nextInt(odd.length)] : 2 + random.nextFloat() * 0.09f;
        }
        float[] expected = pairByPair(metres, width, height);

        edges.remove(metres, width, height, DepthEdges.DEFAULT_MAX_JUMP, 10);

        assertThat(metres).containsExactly(expected);
    }

    private static float[] pairByPair(float[] metres, int width, int height) {
        float[] left = metres.clone();
        for (int i = 0; i < metres.length; i++) {
            int beside = i % width + 1 < width ? i + 1 : i;
            int below = i + width < width * height ? i + width : i;
            for (int other : new int[] {beside, below}) {
                if (isDistance(metres[i])
                        && isDistance(metres[other])
                        && DepthEdges.isJump(
                                metres[i], metres[other], DepthEdges.DEFAULT_MAX_JUMP)) {
                    left[i] = 0;
                    left[other] = 0;
                }
            }
        }
        return left;
    }

    private static boolean isDistance(float metres) {
        return metres > 0 && metres < Float.POSITIVE_INFINITY;
    }

    @Test
    void nothingOfALargerPictureStaysBehind() {
        edges.remove(stepWithRamp(6), WIDTH, HEIGHT, DepthEdges.DEFAULT_MAX_JUMP, 10);
        float[] flat = new float[WIDTH * 2];
        Arrays.fill(flat, 3f);
        assertThat(edges.remove(flat, WIDTH, 2, DepthEdges.DEFAULT_MAX_JUMP, 10)).isZero();
    }

    /**
     * Near on the left, far on the right, and a ramp of inverse distance between, as networks do.
     */
    private static float[] stepWithRamp(int ramp) {
        float[] metres = new float[WIDTH * HEIGHT];
        for (int i = 0; i < metres.length; i++) {
            double part = (i % WIDTH - STEP + 1.0) / (ramp + 1);
            double along = Math.max(0, Math.min(1, part));
            metres[i] = along == 0 ? NEAR : along == 1 ? FAR : between(along);
        }
        return metres;
    }

    private static float between(double along) {
        return (float) (1 / ((1 - along) / NEAR + along / FAR));
    }

    private static int countBetween(float[] metres) {
        int count = 0;
        for (float z : metres) {
            count += z > 1.001f * NEAR && z < 0.999f * FAR ? 1 : 0;
        }
        return count;
    }
}
