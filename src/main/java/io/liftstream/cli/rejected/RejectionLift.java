package io.liftstream.cli.rejected;

import io.liftstream.cli.audit.FrameAudit;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.cli.console.RemovedRecords;
import io.liftstream.cli.job.WatchedRun;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.wire.RejectionCodec;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lifts rejected frames again, from the frames topic, in a bounded job of their own: what travels
 * with a rejection may be cut short.
 */
final class RejectionLift {
    private static final ReadPosition EARLIEST = ReadPosition.parse("earliest");
    private static final ReadPosition LATEST = ReadPosition.parse("latest");

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
     * @param provider what computes the model
     * @return the exit code
     * @throws InvalidConfigurationException where they were read from another topic
     */
    int run(Set<Provenance> rejected, ExecutionProvider provider) throws Exception {
        ListedFrames frames = present(rejected);
        describe(frames);
        if (frames.count() == 0) {
            return ExitCode.OK;
        }
        FrameAudit audit = FrameAudit.fromNowOn(settings, frames);
        ReadPosition rejectedBefore = rejectedEnds();
        new WatchedRun(settings.liftingOnly(frames), err).run(provider);
        int exitCode = audit.awaitAndReport(out);
        if (audit.rejections() > 0) {
            exitCode = Math.max(exitCode, printRejectedAgain(frames, rejectedBefore));
        }
        // What was listed was a frame: without one, the broker removed it before it was read.
        return audit.withoutFrame() > 0 ? ExitCode.FAILED : exitCode;
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
        out.printf(Locale.ROOT, "%d rejected frames of %s are listed.%n", wanted.count(), topic);
        if (wanted.count() < rejected.size()) {
            out.printf(
                    Locale.ROOT,
                    "%d more were read from other topics, %s: run the command for each, with its"
                            + " --topics.frames.%n",
                    rejected.size() - wanted.count(),
                    otherTopics(rejected));
        }
        out.printf(
                Locale.ROOT,
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
        out.printf(
                Locale.ROOT,
                "%-9s %14s %14s %14s%n",
                "partition",
                "first offset",
                "last offset",
                "frames");
        for (PartitionRange range : frames.ranges()) {
            int partition = range.partition().partition();
            out.printf(
                    Locale.ROOT,
                    "%-9d %14d %14d %14d%n",
                    partition,
                    range.start(),
                    range.end() - 1,
                    frames.count(partition));
        }
        out.printf(
                Locale.ROOT,
                "%d frames to lift; results go to %s, rejections to %s.%n",
                frames.count(),
                settings.depthTopic(),
                settings.rejectedTopic());
    }

    /** By reason and camera, of those that the job has just rejected; the exit code. */
    private int printRejectedAgain(ListedFrames frames, ReadPosition since) throws Exception {
        RecordDecoder<FrameRejection> decoder =
                new RecordDecoder<>(EventHeaders.REJECTION, RejectionCodec::decode, err);
        RejectionTally tally = new RejectionTally();
        RemovedRecords removed = new RemovedRecords(err);
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.rejectedTopic()))) {
            reader.read(
                    reader.ranges(since, LATEST),
                    record -> {
                        FrameRejection rejection = decoder.decode(record);
                        if (rejection != null && isListed(rejection.provenance(), frames)) {
                            tally.add(rejection);
                        }
                    },
                    removed::add);
        }
        tally.printTable(out);
        return removed.exitCode();
    }

    private static boolean isListed(Provenance frame, ListedFrames frames) {
        return frame.topic().equals(frames.topic())
                && frames.contains(frame.partition(), frame.offset());
    }

    private ReadPosition rejectedEnds() {
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.rejectedTopic()))) {
            return ReadPosition.of(
                    reader.ranges(LATEST, LATEST).stream()
                            .collect(
                                    Collectors.toMap(
                                            range -> range.partition().partition(),
                                            PartitionRange::end)));
        }
    }
}
