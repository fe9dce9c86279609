package io.liftstream.lifting.surface;

import java.util.Arrays;

/**
 * Finds where a grid of distances jumps from one surface to another. Two neighbours belong to one
 * surface where their inverse distances differ by at most a share of the larger, which is the same
 * as {@code min >= (1 - share) * max}: a test that knows no scale.
 *
 * <p>A network draws a jump as a ramp of a few pixels, and each of them would be a point that flies
 * between near and far; every pixel of such a ramp differs from a neighbour by too much. A pixel
 * without a distance (0, negative, NaN, infinite) is no neighbour: a hole wears nothing away.
 *
 * <p>Keeps scratch memory; not thread safe.
 */
public final class DepthEdges {
    /** The share of inverse distance that tells two surfaces apart where nothing else is asked. */
    public static final double DEFAULT_MAX_JUMP = 0.04;

    private boolean[] atEdge = new boolean[0];

    /**
     * {@return whether two distances are so far apart that no surface joins them}
     *
     * @param first metres, positive
     * @param second metres, positive
     * @param maxJump share of the larger inverse distance, above 0 and below 1
     */
    public static boolean isJump(float first, float second, double maxJump) {
        return Math.min(first, second) < (float) (1 - maxJump) * Math.max(first, second);
    }

    /**
     * Takes the distance from every pixel that has a jump to its left, right, upper or lower
     * neighbour: it becomes 0.
     *
     * @param metres row-major distances
     * @param width columns
     * @param height rows
     * @param maxJump share of the larger inverse distance, above 0 and below 1
     * @param end metres; pixels at or beyond it are not counted, they make no point anyway
     * @return the number of pixels that lost a distance between 0 and {@code end}
     */
    public int remove(float[] metres, int width, int height, double maxJump, float end) {
        int pixels = width * height;
        if (atEdge.length < pixels) {
            atEdge = new boolean[pixels];
        } else {
            Arrays.fill(atEdge, 0, pixels, false);
        }
        float ratio = (float) (1 - maxJump);
        for (int row = 0; row < height; row++) {
            // The last row is compared with itself, and the last column with itself.
            int below = row + 1 < height ? width : 0;
            int last = (row + 1) * width - 1;
            mark(metres, row * width, last, 1, below, ratio);
            mark(metres, last, last + 1, 0, below, ratio);
        }
        return clear(metres, pixels, end);
    }

    /**
     * Marks both pixels of each pair, with the pixel beside and that below, that a jump divides.
     */
    @SuppressWarnings("ShortCircuitBoolean")
    private void mark(float[] metres, int from, int to, int beside, int below, float ratio) {
        for (int i = from; i < to; i++) {
            float here = metres[i];
            float right = metres[i + beside];
            float under = metres[i + below];
            // Rarely true, so that all else costs nothing; one branch for four tests.
            if (here < ratio * right
                    | right < ratio * here
                    | here < ratio * under
                    | under < ratio * here) {
                markPair(metres, i, i + beside, ratio);
                markPair(metres, i, i + below, ratio);
            }
        }
    }

    private void markPair(float[] metres, int first, int second, float ratio) {
        float near = Math.min(metres[first], metres[second]);
        float far = Math.max(metres[first], metres[second]);
        if (near < ratio * far && near > 0 && far < Float.POSITIVE_INFINITY) {
            atEdge[first] = true;
            atEdge[second] = true;
        }
    }

    private int clear(float[] metres, int pixels, float end) {
        int lost = 0;
        for (int i = 0; i < pixels; i++) {
            if (atEdge[i]) {
                lost += metres[i] < end ? 1 : 0;
                metres[i] = 0;
            }
        }
        return lost;
    }
}
