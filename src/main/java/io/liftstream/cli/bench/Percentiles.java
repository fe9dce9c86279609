package io.liftstream.cli.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Durations of many frames, milliseconds, by nearest rank.
 *
 * @param p50 half of the frames took no longer
 * @param p95 95 % of them
 * @param p99 99 % of them
 */
record Percentiles(double p50, double p95, double p99) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Of durations in microseconds, at least one. */
    static Percentiles ofMicros(double[] micros) {
        double[] sorted = micros.clone();
        Arrays.sort(sorted);
        return new Percentiles(at(0.5, sorted), at(0.95, sorted), at(0.99, sorted));
    }

    private static double at(double share, double[] sorted) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1] / MICROS_PER_MILLI;
    }

    /** Three columns of a table. */
    String text() {
        return String.format(Locale.ROOT, "%10.1f%10.1f%10.1f", p50, p95, p99);
    }
}
