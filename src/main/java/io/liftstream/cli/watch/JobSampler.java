package io.liftstream.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.OperatorIds;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.metrics.MetricNames;

/** Reads samples of one job from Flink's REST API. */
final class JobSampler {
    private static final String READ = metric(OperatorIds.REJECT_MALFORMED, "numRecordsIn");
    private static final String LIFTED = metric(OperatorIds.LIFT_FRAMES, "liftedFrames");
    private static final String MEDIAN_AGE =
            metric(OperatorIds.LIFT_FRAMES, "resultAgeMillis_median");
    private static final String MAX_AGE = metric(OperatorIds.LIFT_FRAMES, "resultAgeMillis_max");
    private static final String WAITING = "Source__" + metric(OperatorIds.FRAMES, "pendingRecords");
    private static final List<OperatorIds> SINKS =
            List.of(OperatorIds.DEPTH_SINK, OperatorIds.REJECTED_SINK);
    private static final Set<String> NUMBERS =
            Stream.concat(
                            Stream.of(READ, LIFTED, WAITING),
                            SINKS.stream().flatMap(sink -> Stream.of(tried(sink), failed(sink))))
                    .collect(Collectors.toUnmodifiableSet());

    /** Flink reads no more than 4 kB of a request. */
    private static final int NAMES_A_REQUEST = 50;

    private static final List<OperatorIds> REJECTING =
            List.of(
                    OperatorIds.REJECT_MALFORMED,
                    OperatorIds.SEQUENCE_FRAMES,
                    OperatorIds.SHED_FRAMES,
                    OperatorIds.ESTIMATE_DEPTH,
                    OperatorIds.LIFT_FRAMES);

    private final FlinkRest flink;
    private final String job;
    private final Map<String, RejectionReason> rejections = new HashMap<>();

    /**
     * @param job its id
     */
    JobSampler(FlinkRest flink, String job) {
        this.flink = flink;
        this.job = "/jobs/" + job;
        for (OperatorIds operator : REJECTING) {
            for (RejectionReason reason : RejectionReason.values()) {
                rejections.put(metric(operator, "reason." + reason + ".rejectedFrames"), reason);
            }
        }
    }

    private static String metric(OperatorIds operator, String name) {
        return operator.operatorName() + "." + name;
    }

    private static String tried(OperatorIds sink) {
        return sink.operatorName() + "__Committer." + MetricNames.TOTAL_COMMITTABLES;
    }

    private static String failed(OperatorIds sink) {
        return sink.operatorName() + "__Committer." + MetricNames.FAILED_COMMITTABLES;
    }

    /**
     * Asks Flink.
     *
     * @throws IOException where it does not answer
     */
    JobSample sample() throws IOException, InterruptedException {
        JsonNode details = flink.get(job);
        Map<String, Long> metrics = metrics(details.path("vertices"));
        Ages ages = ages(details.path("vertices"));
        return new JobSample(
                details.path("state").asText(),
                restarts(),
                failure(),
                metrics.containsKey(READ) ? counts(metrics) : null,
                ages.median(),
                ages.max(),
                sum(metrics, WAITING),
                commits(metrics),
                checkpoints());
    }

    private long restarts() throws IOException, InterruptedException {
        JsonNode found = flink.get(job + "/metrics?get=numRestarts");
        return found.path(0).path("value").asLong();
    }

    private String failure() throws IOException, InterruptedException {
        JsonNode entries =
                flink.get(job + "/exceptions?maxExceptions=1").at("/exceptionHistory/entries");
        return entries.isEmpty()
                ? null
                : FailureLine.of(entries.path(0).path("stacktrace").asText());
    }

    private JobSample.CheckpointCounts checkpoints() throws IOException, InterruptedException {
        JsonNode checkpoints = flink.get(job + "/checkpoints");
        JsonNode failed = checkpoints.at("/latest/failed/failure_message");
        JsonNode path = checkpoints.at("/latest/completed/external_path");
        return new JobSample.CheckpointCounts(
                checkpoints.at("/counts/completed").asLong(),
                checkpoints.at("/counts/failed").asLong(),
                checkpoints.at("/latest/failed/id").asLong(),
                failed.isTextual() ? FailureLine.of(failed.asText()) : null,
                path.isTextual() ? path.asText() : null,
                lastState(
                        checkpoints.at("/latest/completed/trigger_timestamp").asLong(),
                        checkpoints.at("/latest/restored/restore_timestamp").asLong()));
    }

    private static Instant lastState(long triggered, long restored) {
        long last = Math.max(triggered, restored);
        return last == 0 ? null : Instant.ofEpochMilli(last);
    }

    private static Map<OperatorIds, SinkCommits> commits(Map<String, Long> metrics) {
        Map<OperatorIds, SinkCommits> commits = new EnumMap<>(OperatorIds.class);
        for (OperatorIds sink : SINKS) {
            if (metrics.containsKey(failed(sink))) {
                commits.put(
                        sink,
                        new SinkCommits(sum(metrics, tried(sink)), sum(metrics, failed(sink))));
            }
        }
        return commits;
    }

    private Map<String, Long> metrics(JsonNode vertices) throws IOException, InterruptedException {
        Map<String, Long> found = new HashMap<>();
        // The last first: a frame counted as lifted is then never one that is not yet counted as
        // read.
        for (int i = vertices.size() - 1; i >= 0; i--) {
            String id = vertices.path(i).path("id").asText();
            String resource = job + "/vertices/" + id + "/subtasks/metrics";
            // Only what exists is asked for, as a request may not be longer than 4 kB.
            String names = wanted(flink.get(resource));
            if (names.isEmpty()) {
                continue;
            }
            for (JsonNode each : flink.get(resource + "?agg=sum&get=" + names)) {
                found.put(each.path("id").asText(), Math.round(each.path("sum").asDouble()));
            }
        }
        return found;
    }

    /**
     * Of the subtasks that have lifted a frame: of the others they are not numbers, which Flink's
     * own aggregates over subtasks then are too. Both are asked for at once: of a job that was
     * started again, its first frame may come between two questions.
     */
    private Ages ages(JsonNode vertices) throws IOException, InterruptedException {
        double median = 0;
        double max = 0;
        for (JsonNode vertex : vertices) {
            String resource = job + "/vertices/" + vertex.path("id").asText() + "/metrics";
            List<String> names = agesOfEachSubtask(flink.get(resource));
            for (int from = 0; from < names.size(); from += NAMES_A_REQUEST) {
                List<String> some =
                        names.subList(from, Math.min(names.size(), from + NAMES_A_REQUEST));
                for (JsonNode each : flink.get(resource + "?get=" + String.join(",", some))) {
                    double age = each.path("value").asDouble();
                    if (each.path("id").asText().endsWith(MEDIAN_AGE)) {
                        median = age > median ? age : median;
                    } else {
                        max = age > max ? age : max;
                    }
                }
            }
        }
        return new Ages(Math.round(median), Math.round(max));
    }

    /** The subtask's number goes before the metric's name. */
    private static List<String> agesOfEachSubtask(JsonNode existing) {
        return StreamSupport.stream(existing.spliterator(), false)
                .map(metric -> metric.path("id").asText())
                .filter(name -> name.endsWith("." + MEDIAN_AGE) || name.endsWith("." + MAX_AGE))
                .toList();
    }

    private String wanted(JsonNode existing) {
        return StreamSupport.stream(existing.spliterator(), false)
                .map(metric -> metric.path("id").asText())
                .filter(name -> NUMBERS.contains(name) || rejections.containsKey(name))
                .collect(Collectors.joining(","));
    }

    private FrameCounts counts(Map<String, Long> metrics) {
        Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        rejections.forEach(
                (name, reason) -> {
                    if (metrics.containsKey(name)) {
                        rejected.merge(reason, metrics.get(name), Long::sum);
                    }
                });
        return new FrameCounts(sum(metrics, READ), sum(metrics, LIFTED), rejected);
    }

    private static long sum(Map<String, Long> metrics, String name) {
        return metrics.getOrDefault(name, 0L);
    }

    /** In milliseconds, of the slowest subtask. */
    private record Ages(long median, long max) {}
}
