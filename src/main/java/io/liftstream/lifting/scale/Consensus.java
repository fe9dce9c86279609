package io.liftstream.lifting.scale;

/**
 * The line that most values agree on, whatever the others do: of 64 lines, each through two values,
 * the one that comes near to the most (Fischler and Bolles 1981, RANSAC). A near thing before a far
 * wall has so much leverage that no least-squares start recovers from it.
 *
 * <p>The pairs are drawn by a fixed sequence, so that the same values give the same line.
 */
final class Consensus {
    private static final int LINES = 64;
    private static final int TRIES = 4 * LINES;

    /** One of so many values judges the lines. */
    private static final int JUDGES = 7;

    /** A pair's distance, of the spread of the targets: nearer ones say little about the slope. */
    private static final double LEAST_DISTANCE = 0.2;

    private Consensus() {}

    /**
     * The line that most of the voting values agree on.
     *
     * @param weights at least {@code least} for values that vote
     * @param spread of the values of {@code to}; agreement is a deviation of 1/50 of it
     * @param before the answer where there is no such line
     */
    static AffineFit of(
            float[] from,
            float[] to,
            float[] weights,
            float least,
            double spread,
            AffineFit before) {
        AffineFit best = before;
        int bestAgreeing = 0;
        long draw = 1;
        int lines = 0;
        for (int attempt = 0; attempt < TRIES && lines < LINES; attempt++) {
            draw = next(draw);
            int a = index(draw, from.length);
            draw = next(draw);
            int b = index(draw, from.length);
            boolean vote = weights[a] >= least && weights[b] >= least;
            if (!vote || !(Math.abs(to[a] - to[b]) > LEAST_DISTANCE * spread)) {
                continue;
            }
            AffineFit line = AffineFit.through(from[a], to[a], from[b], to[b]);
            lines++;
            int agreeing = line == null ? 0 : agreeing(line, from, to, weights, least, spread / 50);
            if (agreeing > bestAgreeing) {
                best = line;
                bestAgreeing = agreeing;
            }
        }
        return best;
    }

    private static int agreeing(
            AffineFit line,
            float[] from,
            float[] to,
            float[] weights,
            float least,
            double tolerance) {
        int agreeing = 0;
        for (int i = 0; i < from.length; i += JUDGES) {
            boolean agrees = Math.abs(line.apply(from[i]) - to[i]) < tolerance;
            agreeing += agrees && weights[i] >= least ? 1 : 0;
        }
        return agreeing;
    }

    /** The next number of a 64-bit linear congruential sequence (Knuth's MMIX). */
    private static long next(long draw) {
        return draw * 6364136223846793005L + 1442695040888963407L;
    }

    private static int index(long draw, int bound) {
        return (int) ((draw >>> 33) % bound);
    }
}
