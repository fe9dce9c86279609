package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import io.liftstream.job.JobSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a live job that was stopped begins when it is started again. */
final class NextStart {
    private NextStart() {}

    /**
     * One line each.
     *
     * @param committed offsets of the frames topic, by partition
     * @param checkpoint the last one, if it is kept, or null
     */
    static List<String> lines(
            JobSettings settings, Map<String, Long> committed, String checkpoint) {
        List<String> lines = new ArrayList<>();
        lines.add("The next start begins " + place(settings, committed) + ".");
        if (checkpoint != null) {
            lines.add(
                    "To continue from the last checkpoint, with each camera's position and scale:"
                            + " --flink.execution.state-recovery.path="
                            + checkpoint);
        }
        return lines;
    }

    private static String place(JobSettings settings, Map<String, Long> committed) {
        if (!settings.start().isCommitted()) {
            return "at source.start, " + settings.start().text();
        }
        if (!committed.isEmpty()) {
            String offsets =
                    committed.entrySet().stream()
                            .map(entry -> entry.getKey() + " at " + entry.getValue())
                            .collect(Collectors.joining(", "));
            return "at the offsets that group "
                    + settings.kafka().groupId()
                    + " has committed: "
                    + offsets
                    + "; later frames are lifted again, with the same ids";
        }
        long maxAge = settings.topology().maxAgeMillis();
        return "with "
                + (maxAge == 0
                        ? "the first frame on the topic"
                        : "the frames of the last "
                                + DurationText.of(Duration.ofMillis(maxAge))
                                + " (live.max-age)")
                + ", as group "
                + settings.kafka().groupId()
                + " has committed no offsets";
    }
}
