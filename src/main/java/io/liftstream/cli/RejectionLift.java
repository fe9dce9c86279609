package io.liftstream.cli;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.RejectedFrames;
import io.liftstream.wire.ResultDecoder;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
     * Says what would be lifted and checks what the job would check; starts nothing.
     *
     * @param rejected where the frames were read
     * @throws InvalidConfigurationException with every problem found
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
     * @throws InvalidConfigurationException with every problem found
     */
    int run(Set<Provenance> rejected) throws Exception {
        ListedFrames frames = present(rejected);
        describe(frames);
        if (frames.count() == 0) {
            return ExitCode.OK;
        }
        ReadPosition resultsBefore = end(settings.depthTopic());
        ReadPosition rejectionsBefore = end(settings.rejectedTopic());
        LiftstreamJob.run(settings.liftingOnly(frames));
        Set<Provenance> lifted = lifted(frames, resultsBefore);
        RejectionTally again = rejectedAgain(frames, rejectionsBefore);
        return report(frames, lifted.size(), again);
    }

    /** The frames that the topic still has, after all checks and a word about the others. */
    private ListedFrames present(Set<Provenance> rejected) {
        LiftstreamJob.rehearse(settings);
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

    /** The end of an output topic now: what the job writes comes after it. */
    private ReadPosition end(String topic) {
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            Map<Integer, Long> ends =
                    reader.ranges(LATEST, LATEST).stream()
                            .collect(
                                    Collectors.toMap(
                                            range -> range.partition().partition(),
                                            PartitionRange::end));
            return ReadPosition.of(ends);
        }
    }

    private Set<Provenance> lifted(ListedFrames frames, ReadPosition before) throws Exception {
        Set<Provenance> lifted = new HashSet<>();
        RecordDecoder<ReadResult> results =
                new RecordDecoder<>(EventHeaders.RESULT, ResultDecoder::decode, err);
        readFrom(
                settings.depthTopic(),
                before,
                record -> {
                    ReadResult result = results.decode(record);
                    if (result != null && isOf(frames, result.provenance())) {
                        lifted.add(result.provenance());
                    }
                });
        return lifted;
    }

    private RejectionTally rejectedAgain(ListedFrames frames, ReadPosition before)
            throws Exception {
        RejectionTally again = new RejectionTally();
        RecordDecoder<FrameRejection> rejections =
                new RecordDecoder<>(EventHeaders.REJECTION, RejectedFrames::decode, err);
        readFrom(
                settings.rejectedTopic(),
                before,
                record -> {
                    FrameRejection rejection = rejections.decode(record);
                    if (rejection != null && isOf(frames, rejection.provenance())) {
                        again.add(rejection);
                    }
                });
        return again;
    }

    private void readFrom(String topic, ReadPosition from, TopicReader.Receiver receiver)
            throws Exception {
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            reader.read(reader.ranges(from, LATEST), receiver);
        }
    }

    private static boolean isOf(ListedFrames frames, Provenance frame) {
        return frame.topic().equals(frames.topic())
                && frames.contains(frame.partition(), frame.offset());
    }

    private int report(ListedFrames frames, int lifted, RejectionTally again) {
        int rejected = again.frames().size();
        out.printf(
                "%d frames lifted, on %s; %d rejected again, on %s.%n",
                lifted, settings.depthTopic(), rejected, settings.rejectedTopic());
        if (rejected > 0) {
            again.printTable(out);
        }
        long lost = frames.count() - lifted - rejected;
        if (lost > 0) {
            err.printf(
                    "%d frames became neither: the broker removed them from %s before they were"
                            + " read.%n",
                    lost, frames.topic());
        }
        return lost > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
}
