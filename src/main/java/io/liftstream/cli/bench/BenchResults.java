package io.liftstream.cli.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * All that a bench found.
 *
 * @param rounds what each contender showed
 * @param latencies of the live job; empty where it did not run
 */
record BenchResults(
        Map<Contender, List<Measurement>> rounds, Map<DeliveryGuarantee, Latency> latencies) {

    void print(PrintWriter out) {
        new BenchReport(rounds).print(out);
        latencies.forEach((guarantee, latency) -> latency.print(out, guarantee.toString()));
        out.flush();
    }
}
