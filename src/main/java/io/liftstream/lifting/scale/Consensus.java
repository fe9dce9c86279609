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
        Judges judges = Judges.of(from, to, weights, least, spread / 50);
        AffineFit best = before;
        int fewestMissed = judges.count;
        long draw = 1;
        int lines = 0;
        for (int attempt = 0; attempt < TRIES && lines < LINES && fewestMissed > 0; attempt++) {
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
            int missed = line == null ? judges.count : judges.missedBy(line, fewestMissed);
            if (missed < fewestMissed) {
                best = line;
                fewestMissed = missed;
            }
        }
        return best;
    }

    /** The values that judge the lines. */
    private record Judges(float[] from, float[] to, int count, double tolerance) {

        static Judges of(float[] from, float[] to, float[] weights, float least, double tolerance) {
            int most = (from.length + JUDGES - 1) / JUDGES;
            float[] theirFrom = new float[most];
            float[] theirTo = new float[most];
            int count = 0;
            for (int i = 0; i < from.length; i += JUDGES) {
                if (weights[i] >= least) {
                    theirFrom[count] = from[i];
                    theirTo[count] = to[i];
                    count++;
                }
            }
            return new Judges(theirFrom, theirTo, count, tolerance);
        }

        /** How many a line does not come near to; it is given up at a bound. */
        int missedBy(AffineFit line, int bound) {
            int missed = 0;
            for (int i = 0; i < count && missed < bound; i++) {
                missed += Math.abs(line.apply(from[i]) - to[i]) < tolerance ? 0 : 1;
            }
            return missed;
        }
    }

    /** The next number of a 64-bit linear congruential sequence (Knuth's MMIX). */
    private static long next(long draw) {
        return draw * 6364136223846793005L + 1442695040888963407L;
    }

    private static int index(long draw, int bound) {
        return (int) ((draw >>> 33) % bound);
    }
}
