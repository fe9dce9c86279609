package io.liftstream.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of offsets that brought no record: a counter {@code skippedOffsets} per {@code partition},
 * and a warning. A single one is what a transaction's mark looks like, so singles warn once.
 */
final class SkippedOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedOffsets.class);

    private final MetricGroup group;
    private final Map<Integer, Counter> counters = new HashMap<>();
    private final Set<Integer> warnedOfSingles = new HashSet<>();

    /**
     * @param group the source's metrics
     */
    SkippedOffsets(MetricGroup group) {
        this.group = group;
    }

    /**
     * Tells of a jump.
     *
     * @param topic its name
     * @param partition its number
     * @param offset of the record after the jump
     * @param passed offsets jumped over; below 0 for a jump back
     */
    void add(String topic, int partition, long offset, long passed) {
        if (passed < 0) {
            LOG.warn(
                    "Partition {} of topic {} continues at offset {} instead of {}: the topic was deleted and"
                            + " created again, and its earlier records are lost",
                    partition,
                    topic,
                    offset,
                    offset - passed);
            return;
        }
        counters.computeIfAbsent(partition, this::register).inc(passed);
        if (passed > 1 || warnedOfSingles.add(partition)) {
            LOG.warn(
                    "Partition {} of topic {}: offsets {} to {} ({} of them) brought no frame. The"
                            + " broker removed them before they were read (retention), or they are"
                            + " marks of the producers' transactions",
                    partition,
                    topic,
                    offset - passed,
                    offset - 1,
                    passed);
        }
    }

    private Counter register(int partition) {
        return group.addGroup("partition", Integer.toString(partition)).counter("skippedOffsets");
    }
}
