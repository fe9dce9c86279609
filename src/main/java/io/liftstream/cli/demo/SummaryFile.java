package io.liftstream.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.TreeSet;

/** {@code summary.json}. */
final class SummaryFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SummaryFile() {}

    static byte[] of(DemoTally tally) throws IOException {
        List<LiftedRow> rows = tally.rows();
        ObjectNode root = JSON.createObjectNode();
        root.put("published", tally.publishedCount());
        root.put("lifted", rows.size());
        root.put("rejected", tally.rejectedCount());
        ObjectNode reasons = root.putObject("rejected_by_reason");
        tally.rejectedByReason().forEach((reason, count) -> reasons.put(reason.name(), count));
        root.put("out_of_order", tally.outOfOrderCount());
        tally.firstResultMillis().ifPresent(at -> root.put("first_result_after_s", sinceStart(at)));
        root.put("frames_per_second", rounded(tally.framesPerSecond()));
        latency(root.putObject("latency_ms"), rows);
        accuracy(root.putObject("accuracy"), rows);
        ObjectNode cameras = root.putObject("cameras");
        for (String camera : new TreeSet<>(rows.stream().map(LiftedRow::cameraId).toList())) {
            List<LiftedRow> own =
                    rows.stream().filter(row -> row.cameraId().equals(camera)).toList();
            ObjectNode node = cameras.putObject(camera);
            node.put("lifted", own.size());
            latency(node.putObject("latency_ms"), own);
            accuracy(node.putObject("accuracy"), own);
        }
        return JSON.writeValueAsBytes(root);
    }

    /** Seconds from the start of this process. */
    private static double sinceStart(long millis) {
        return (millis - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
    }

    private static void latency(ObjectNode node, List<LiftedRow> rows) {
        double[] sorted = rows.stream().mapToDouble(LiftedRow::latencyMillis).sorted().toArray();
        node.put("p50", percentile(sorted, 50));
        node.put("p95", percentile(sorted, 95));
        node.put("p99", percentile(sorted, 99));
    }

    /** The nearest-rank percentile; 0 of nothing. */
    static double percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    private static void accuracy(ObjectNode node, List<LiftedRow> rows) {
        List<LiftedRow> measured = rows.stream().filter(LiftedRow::hasTruth).toList();
        node.put("frames_with_true_depth", measured.size());
        if (!measured.isEmpty()) {
            node.put(
                    "abs_rel",
                    rounded(mean(measured.stream().mapToDouble(LiftedRow::absoluteRelativeError))));
            node.put(
                    "delta_1_25",
                    rounded(mean(measured.stream().mapToDouble(LiftedRow::withinQuarter))));
            node.put("alignment", "scale and shift of inverse depth, per frame, least squares");
        }
    }

    private static double mean(java.util.stream.DoubleStream values) {
        return values.average().orElse(Double.NaN);
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
