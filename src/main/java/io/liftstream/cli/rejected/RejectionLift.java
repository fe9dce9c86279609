package io.liftstream.cli.rejected;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.job.LocalJob;
import io.liftstream.frame.Provenance;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lifts rejected frames again, from the frames topic, in a bounded job of their own: what travels
 * with a rejection may be cut short.
 */
final class RejectionLift {
    private static final ReadPosition EARLIEST = ReadPosition.parse("earliest");
    private static final ReadPosition LATEST = ReadPosition.parse("latest");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final JobSettings settings;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param settings of the job to run
     */
    RejectionLift(JobSettings settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /**
     * Says what would be lifted; starts nothing.
     *
     * @param rejected where the frames were read
     * @throws InvalidConfigurationException where they were read from another topic
     */
    void rehearse(Set<Provenance> rejected) {
        ListedFrames frames = present(rejected);
        describe(frames);
        out.println("A dry run: nothing was started.");
    }

    /**
     * Lifts the frames that are still on their topic.
     *
     * @param rejected where the frames were read
     * @return the exit code
     * @throws InvalidConfigurationException where they were read from another topic
     */
    int run(Set<Provenance> rejected) throws Exception {
        ListedFrames frames = present(rejected);
        describe(frames);
        if (frames.count() == 0) {
            return ExitCode.OK;
        }
        LiftOutcome outcome = new LiftOutcome(settings, frames, err);
        LocalJob.start(settings.liftingOnly(frames)).awaitEnd();
        outcome.await(TIMEOUT);
        return report(outcome);
    }

    /** The frames that the topic still has, after a word about the others. */
    private ListedFrames present(Set<Provenance> rejected) {
        String topic = settings.framesTopic();
        ListedFrames wanted = ListedFrames.of(topic, rejected);
        requireRightTopic(wanted, rejected);
        List<PartitionRange> kept;
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            kept = reader.ranges(EARLIEST, LATEST);
        }
        ListedFrames present = wanted.within(kept);
        out.printf("%d rejected frames of %s are listed.%n", wanted.count(), topic);
        if (wanted.count() < rejected.size()) {
            out.printf(
                    "%d more were read from other topics, %s: each takes a command with its own"
                            + " --topics.frames.%n",
                    rejected.size() - wanted.count(), otherTopics(rejected));
        }
        out.printf(
                "%d of them are no longer on the topic and cannot be lifted.%n",
                wanted.count() - present.count());
        return present;
    }

    private void requireRightTopic(ListedFrames wanted, Set<Provenance> rejected) {
        if (wanted.count() == 0 && !rejected.isEmpty()) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option topics.frames is "
                                    + wanted.topic()
                                    + ": the rejected frames were read from "
                                    + otherTopics(rejected)));
        }
    }

    private String otherTopics(Set<Provenance> rejected) {
        return rejected.stream()
                .map(Provenance::topic)
                .filter(topic -> !topic.equals(settings.framesTopic()))
                .map(topic -> topic.isEmpty() ? "one that their rejections do not name" : topic)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void describe(ListedFrames frames) {
        out.printf("%-9s %14s %14s %14s%n", "partition", "first offset", "last offset", "frames");
        for (PartitionRange range : frames.ranges()) {
            int partition = range.partition().partition();
            out.printf(
                    "%-9d %14d %14d %14d%n",
                    partition, range.start(), range.end() - 1, frames.count(partition));
        }
        out.printf(
                "%d frames to lift; results go to %s, rejections to %s.%n",
                frames.count(), settings.depthTopic(), settings.rejectedTopic());
    }

    private int report(LiftOutcome outcome) {
        int rejected = outcome.rejectedAgain().frames().size();
        out.printf(
                "%d frames lifted, on %s; %d rejected again, on %s.%n",
                outcome.lifted(), settings.depthTopic(), rejected, settings.rejectedTopic());
        if (rejected > 0) {
            outcome.rejectedAgain().printTable(out);
        }
        if (outcome.removed() > 0) {
            err.printf(
                    "%d frames became neither: the broker removed them from %s before they were"
                            + " read.%n",
                    outcome.removed(), settings.framesTopic());
        }
        if (outcome.pending() > 0) {
            err.printf(
                    "%d frames were not found yet, %d s after the job ended: a transaction may be"
                            + " open on %s or %s, left by a job that was stopped, and hide them until"
                            + " it times out.%n",
                    outcome.pending(),
                    TIMEOUT.toSeconds(),
                    settings.depthTopic(),
                    settings.rejectedTopic());
        }
        return outcome.removed() + outcome.pending() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
}
