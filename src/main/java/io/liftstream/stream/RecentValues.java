package io.liftstream.stream;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** Histograms of the latest values, and durations as they report them. */
final class RecentValues {
    private static final int WINDOW = 1000;
    private static final long NANOS_PER_MICRO = 1000;

    private RecentValues() {}

    static Histogram histogram(MetricGroup group, String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
    }

    static void markMicros(Histogram histogram, long nanos) {
        histogram.update(nanos / NANOS_PER_MICRO);
    }
}
