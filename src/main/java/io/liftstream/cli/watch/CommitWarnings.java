package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import io.liftstream.job.OperatorIds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an operator must hear where transactions do not commit. Flink counts them and goes on: the
 * job runs as if nothing were missing.
 */
final class CommitWarnings {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Map<OperatorIds, String> topics;
    private final String timeout;
    private final ZoneId zone;
    private final Map<OperatorIds, SinkCommits> last = new EnumMap<>(OperatorIds.class);

    /**
     * @param topics of the sinks
     * @param timeout the option sink.transaction-timeout
     * @param zone of the times told
     */
    CommitWarnings(Map<OperatorIds, String> topics, Duration timeout, ZoneId zone) {
        this.topics = Map.copyOf(topics);
        this.timeout = DurationText.of(timeout);
        this.zone = zone;
    }

    /** One line for each sink whose transactions have failed to commit since the last sample. */
    List<String> of(JobSample now) {
        List<String> warnings = new ArrayList<>();
        now.commits()
                .forEach(
                        (sink, commits) -> {
                            SinkCommits earlier = last.put(sink, commits);
                            long failed =
                                    commits.failedSince(
                                            earlier == null ? SinkCommits.NONE : earlier);
                            if (failed > 0) {
                                warnings.add(line(sink, failed, now.checkpoints().lastState()));
                            }
                        });
        return warnings;
    }

    private String line(OperatorIds sink, long failed, Instant state) {
        return failed
                + (failed == 1 ? " transaction" : " transactions")
                + " to topic "
                + topics.get(sink)
                + " did not commit: the broker had ended "
                + (failed == 1 ? "it" : "them")
                + ". If the job or the brokers were down for longer than sink.transaction-timeout ("
                + timeout
                + "), records written before "
                + (state == null ? "this start" : TIME.format(state.atZone(zone)))
                + " are missing; otherwise they were committed before the job failed."
                + " liftstream audit lists the frames that have no outcome; liftstream replay"
                + " lifts them again";
    }
}
