package io.liftstream.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Collects the stage times and batch sizes that the job's operators report of themselves. Flink
 * makes it by name (option {@code metrics.reporter.bench.factory.class}), so what it saw is the
 * process's.
 */
public final class StageMetrics implements MetricReporter, MetricReporterFactory {
    private static final String ENDING = "Micros";
    private static final double MICROS_PER_MILLI = 1000;

    private static final String BATCH_FRAMES = "batchFrames";

    private static final Map<String, List<Histogram>> SEEN = new ConcurrentHashMap<>();

    /** Begins anew. */
    static void forget() {
        SEEN.clear();
    }

    /** Mean times of the latest frames of each stage, over all subtasks. */
    static StageTimes stages() {
        StageTimes stages = new StageTimes();
        timed().forEach((stage, histograms) -> histograms.forEach(of -> add(stages, stage, of)));
        return stages;
    }

    /**
     * Mean number of frames of the latest batches, over all subtasks; null where there were none.
     */
    static Double batchFrames() {
        OptionalDouble mean =
                SEEN.getOrDefault(BATCH_FRAMES, List.of()).stream()
                        .flatMapToLong(of -> Arrays.stream(of.getStatistics().getValues()))
                        .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static Map<String, List<Histogram>> timed() {
        Map<String, List<Histogram>> timed = new TreeMap<>(SEEN);
        timed.remove(BATCH_FRAMES);
        return timed;
    }

    /** The latest durations of each stage, microseconds a frame, over all subtasks. */
    static Map<String, long[]> micros() {
        Map<String, long[]> micros = new TreeMap<>();
        timed().forEach(
                        (stage, histograms) ->
                                micros.put(
                                        stage,
                                        histograms.stream()
                                                .map(of -> of.getStatistics().getValues())
                                                .flatMapToLong(Arrays::stream)
                                                .toArray()));
        return micros;
    }

    private static void add(StageTimes stages, String stage, Histogram histogram) {
        HistogramStatistics latest = histogram.getStatistics();
        if (latest.size() > 0) {
            long nanos = Math.round(latest.getMean() * MICROS_PER_MILLI * latest.size());
            stages.add(stage, latest.size(), nanos);
        }
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        boolean wanted = name.endsWith(ENDING) || name.equals(BATCH_FRAMES);
        if (metric instanceof Histogram histogram && wanted) {
            String stage = name.replace(ENDING, "");
            SEEN.merge(stage, List.of(histogram), StageMetrics::joined);
        }
    }

    private static List<Histogram> joined(List<Histogram> some, List<Histogram> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // A run's stages are asked for after its end.
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing can be set.
    }

    @Override
    public void close() {
        // What was seen is kept until the next run.
    }
}
