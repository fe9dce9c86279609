package io.liftstream.lifting.scale;

/**
 * Tells the cells of a picture that stood still from those that moved, a camera that moves from one
 * that stands, and a cut from both, by brightness alone: it does not flicker with the network.
 *
 * <p>A change of exposure multiplies all brightness by one gain, the encoded one too; the median
 * ratio is that gain.
 */
final class StillCells {
    /**
     * A cell whose brightness is further from the one before, times the gain, has moved; of 255.
     */
    private static final float LARGEST_CHANGE = 6;

    /** A cell that differs from its neighbour by as much would show that it moved; of 255. */
    private static final float CONTRAST = 12;

    /** Darker cells say nothing about the gain; of 255. */
    private static final int DARK = 16;

    /** Two pictures that correlate less have nothing in common. */
    private static final double LEAST_CORRELATION = 0.5;

    /** Where fewer of the cells with contrast stand still, the camera moves. */
    private static final double LEAST_STILL = 0.5;

    private StillCells() {}

    /**
     * Marks each cell with 1 where it stood still and 0 where not.
     *
     * @param columns of the grid
     * @param still takes the marks
     * @param scratch as many values
     * @return whether the camera stood still
     */
    static boolean mark(
            byte[] before,
            byte[] now,
            int columns,
            float[] still,
            float[] scratch,
            Quantiles quantiles) {
        float gain = gain(before, now, still, scratch, quantiles);
        int witnesses = 0;
        int stillWitnesses = 0;
        for (int start = 0; start < now.length; start += columns) {
            int end = start + columns;
            for (int i = start; i < end; i++) {
                float expected = gain * (before[i] & 0xff);
                boolean stands = Math.abs((now[i] & 0xff) - expected) <= LARGEST_CHANGE;
                still[i] = stands ? 1 : 0;
                if (hasContrast(before, i, end, columns)) {
                    witnesses++;
                    stillWitnesses += stands ? 1 : 0;
                }
            }
        }
        return stillWitnesses >= LEAST_STILL * witnesses;
    }

    /** Whether two pictures have nothing in common; so it is where one of them has no contrast. */
    static boolean isCut(byte[] before, byte[] now) {
        long sumBefore = 0;
        long sumNow = 0;
        long squaresBefore = 0;
        long squaresNow = 0;
        long products = 0;
        for (int i = 0; i < now.length; i++) {
            long a = before[i] & 0xff;
            long b = now[i] & 0xff;
            sumBefore += a;
            sumNow += b;
            squaresBefore += a * a;
            squaresNow += b * b;
            products += a * b;
        }
        double cells = now.length;
        double common = cells * products - (double) sumBefore * sumNow;
        double spreadBefore = cells * squaresBefore - (double) sumBefore * sumBefore;
        double spreadNow = cells * squaresNow - (double) sumNow * sumNow;
        return !(common > LEAST_CORRELATION * Math.sqrt(spreadBefore * spreadNow));
    }

    private static float gain(
            byte[] before, byte[] now, float[] counts, float[] ratios, Quantiles quantiles) {
        for (int i = 0; i < now.length; i++) {
            int from = before[i] & 0xff;
            int to = now[i] & 0xff;
            // What is saturated in one of the two says nothing either.
            boolean tells = from >= DARK && to >= DARK && from < 250 && to < 250;
            counts[i] = tells ? 1 : 0;
            ratios[i] = (float) to / Math.max(from, DARK);
        }
        return quantiles.take(ratios, counts, 1) ? (float) quantiles.at(0.5) : 1;
    }

    /** Whether a cell differs from the one to its right, in the row that ends there, or below. */
    private static boolean hasContrast(byte[] luma, int cell, int end, int columns) {
        boolean beside = cell + 1 < end && difference(luma, cell, cell + 1) >= CONTRAST;
        return beside
                || (cell + columns < luma.length
                        && difference(luma, cell, cell + columns) >= CONTRAST);
    }

    private static int difference(byte[] luma, int a, int b) {
        return Math.abs((luma[a] & 0xff) - (luma[b] & 0xff));
    }
}
