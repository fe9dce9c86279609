package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What an operator must hear of the brokers, and of others who use the job's name. */
final class BrokerWarnings {
    private final String brokers;
    private final String group;
    private Instant silentSince;
    private Map<String, Long> committed;
    private boolean toldOfTwin;

    /**
     * @param brokers kafka.bootstrap-servers
     * @param group the job's consumer group
     */
    BrokerWarnings(String brokers, String group) {
        this.brokers = brokers;
        this.group = group;
    }

    /** Once where they fall silent, and once where they answer again. */
    List<String> of(boolean answers, Instant now) {
        if (!answers && silentSince == null) {
            silentSince = now;
            return List.of(
                    "no broker answers at "
                            + brokers
                            + ": the job waits and continues when one does");
        }
        if (answers && silentSince != null) {
            Duration silence = Duration.between(silentSince, now);
            silentSince = null;
            return List.of(
                    "the brokers answer again, after " + DurationText.of(silence) + " of silence");
        }
        return List.of();
    }

    /**
     * Offsets that move before this job has completed a checkpoint are another's.
     *
     * @param offsets that the group has committed, by partition
     * @param completedCheckpoints of this job, asked after the offsets
     */
    List<String> of(Map<String, Long> offsets, long completedCheckpoints) {
        boolean first = committed == null;
        boolean moved = !first && !offsets.equals(committed);
        if (first) {
            committed = Map.copyOf(offsets);
        }
        if (!moved || completedCheckpoints > 0 || toldOfTwin) {
            return List.of();
        }
        toldOfTwin = true;
        return List.of(
                "another job of the same name runs: the offsets of consumer group "
                        + group
                        + " move before this job has committed any. Each result is written by both:"
                        + " end one, or give it another --job.name");
    }
}
