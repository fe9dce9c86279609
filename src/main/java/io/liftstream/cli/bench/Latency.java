package io.liftstream.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.liftstream.cli.bench.LiveMeasurement.JobTimes;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time from the publishing of a frame to the reading of its result, and its parts.
 *
 * @param framesPerSecond that were published, evenly
 * @param frames that count
 * @param parts by name, in the order of a frame's way
 */
record Latency(
        @JsonProperty("frames_per_second") double framesPerSecond,
        @JsonProperty("frames") int frames,
        @JsonProperty("millis") Map<String, Percentiles> parts) {

    private static final String NETWORK = "network";
    private static final List<String> WORK =
            List.of("batchWait", "prepare", "preprocess", NETWORK, "postprocess", "lift");

    /**
     * Splits the frames' way. Stages are measured by the job for themselves; what a frame waited in
     * the job is the rest, when the mean of each stage is taken off.
     *
     * @param published when each frame was given to its producer, microseconds since 1970
     * @param seen when a consumer was handed its result
     */
    static Latency of(
            double framesPerSecond,
            Map<FramePlace, Long> published,
            Map<FramePlace, Long> seen,
            LiveMeasurement job) {
        List<JobTimes> counted =
                job.frames().stream()
                        .filter(frame -> published.containsKey(frame.place()))
                        .toList();
        double[] toJob = new double[counted.size()];
        double[] waiting = new double[counted.size()];
        double[] toReader = new double[counted.size()];
        double[] whole = new double[counted.size()];
        double[] added = new double[counted.size()];
        double work = WORK.stream().mapToDouble(job::meanMicros).sum();
        for (int i = 0; i < counted.size(); i++) {
            JobTimes frame = counted.get(i);
            long from = published.get(frame.place());
            long to = seen.get(frame.place());
            toJob[i] = frame.readMicros() - from;
            waiting[i] = Math.max(0, frame.sentMicros() - frame.readMicros() - work);
            toReader[i] = to - frame.sentMicros();
            whole[i] = to - from;
            added[i] = whole[i] - job.meanMicros(NETWORK);
        }
        Map<String, Percentiles> parts = new LinkedHashMap<>();
        parts.put("publish to result", Percentiles.ofMicros(whole));
        parts.put("of it not the network", Percentiles.ofMicros(added));
        parts.put("broker: published to read by the job", Percentiles.ofMicros(toJob));
        parts.put("order and queue", Percentiles.ofMicros(waiting));
        for (String stage : WORK) {
            double[] micros =
                    Arrays.stream(job.stageMicros().get(stage)).asDoubleStream().toArray();
            parts.put(stage, Percentiles.ofMicros(micros));
        }
        parts.put("sink: sent to read by a consumer", Percentiles.ofMicros(toReader));
        return new Latency(framesPerSecond, counted.size(), parts);
    }

    void print(PrintWriter out, String guarantee) {
        out.printf(
                Locale.ROOT,
                "%n%s, %.1f frames a second, %d frames%n",
                guarantee,
                framesPerSecond,
                frames);
        out.printf(Locale.ROOT, "%-40s%10s%10s%10s%n", "ms", "p50", "p95", "p99");
        parts.forEach((part, millis) -> out.printf(Locale.ROOT, "%-40s%s%n", part, millis.text()));
    }
}
