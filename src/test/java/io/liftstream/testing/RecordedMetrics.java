package io.liftstream.testing;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that remembers its metrics under {@code label.value.name}. */
public final class RecordedMetrics extends UnregisteredMetricsGroup {
    private final Map<String, Counter> counters;
    private final Map<String, Gauge<?>> gauges;
    private final String prefix;

    /** No metrics yet. */
    public RecordedMetrics() {
        this("", new TreeMap<>(), new TreeMap<>());
    }

    private RecordedMetrics(
            String prefix, Map<String, Counter> counters, Map<String, Gauge<?>> gauges) {
        this.prefix = prefix;
        this.counters = counters;
        this.gauges = gauges;
    }

    @Override
    public Counter counter(String name) {
        return counters.computeIfAbsent(prefix + name, added -> new SimpleCounter());
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        if (gauges.put(prefix + name, gauge) != null) {
            throw new IllegalStateException(prefix + name + " is registered twice");
        }
        return gauge;
    }

    @Override
    public MetricGroup addGroup(String label, String value) {
        return new RecordedMetrics(prefix + label + "." + value + ".", counters, gauges);
    }

    /** What a counter stands at. */
    public long count(String name) {
        return counters.get(name).getCount();
    }

    /** What a gauge says. */
    public Object value(String name) {
        return gauges.get(name).getValue();
    }

    /** All gauges by name. */
    public Map<String, Gauge<?>> gauges() {
        return gauges;
    }
}
