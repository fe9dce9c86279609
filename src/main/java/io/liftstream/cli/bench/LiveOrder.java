package io.liftstream.cli.bench;

import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Tells a {@link BenchWorker} to run the job live, until the next line of its input.
 *
 * @param guarantee of its sinks
 */
record LiveOrder(DeliveryGuarantee guarantee) {
    private static final String WORD = "LIVE ";

    static boolean is(String line) {
        return line.startsWith(WORD);
    }

    /** Reads what {@link #line} wrote. */
    static LiveOrder read(String line) {
        return new LiveOrder(DeliveryGuarantee.valueOf(line.substring(WORD.length())));
    }

    String line() {
        return WORD + guarantee.name();
    }

    String framesTopic() {
        return "bench.live.frames." + guarantee;
    }

    String depthTopic() {
        return "bench.live.depth." + guarantee;
    }

    String rejectedTopic() {
        return "bench.live.rejected." + guarantee;
    }
}
