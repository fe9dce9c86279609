package io.liftstream.cli.rejected;

import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.RejectionCodec;
import io.liftstream.wire.ResultDecoder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the frames that a job lifts again, as readers of committed records see it. They
 * see it late: a commit is answered before it shows, and a transaction that another job left open
 * hides what comes after it.
 */
final class LiftOutcome {
    private static final ReadPosition EARLIEST = ReadPosition.parse("earliest");
    private static final ReadPosition LATEST = ReadPosition.parse("latest");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JobSettings settings;
    private final ListedFrames frames;
    private final RecordDecoder<ReadResult> results;
    private final RecordDecoder<FrameRejection> rejections;
    private final Map<String, ReadPosition> read = new HashMap<>();
    private final Set<Provenance> lifted = new HashSet<>();
    private final RejectionTally rejectedAgain = new RejectionTally();
    private ListedFrames missing;
    private ListedFrames pending;

    /**
     * Before the job starts: what it writes comes after what its topics hold now.
     *
     * @param settings of the job
     * @param frames that it lifts
     * @param err is told of records that are no result and no rejection
     */
    LiftOutcome(JobSettings settings, ListedFrames frames, PrintWriter err) {
        this.settings = settings;
        this.frames = frames;
        this.results = new RecordDecoder<>(EventHeaders.RESULT, ResultDecoder::decode, err);
        this.rejections = new RecordDecoder<>(EventHeaders.REJECTION, RejectionCodec::decode, err);
        this.missing = frames;
        this.pending = frames;
        for (String topic : List.of(settings.depthTopic(), settings.rejectedTopic())) {
            read.put(topic, ends(ranges(topic, LATEST)));
        }
    }

    /**
     * Counts until every frame is accounted for or the time is over.
     *
     * @param patience the longest time to wait; zero to count once
     */
    void await(Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        count();
        while (pending.count() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE.toMillis());
            count();
        }
    }

    /** How many have become a result. */
    int lifted() {
        return lifted.size();
    }

    /** Those that were rejected again. */
    RejectionTally rejectedAgain() {
        return rejectedAgain;
    }

    /** How many became neither and are still on the frames topic. */
    long pending() {
        return pending.count();
    }

    /** How many became neither and are no longer on the frames topic. */
    long removed() {
        return missing.count() - pending.count();
    }

    private void count() throws Exception {
        readOn(
                settings.depthTopic(),
                record -> {
                    ReadResult result = results.decode(record);
                    if (result != null && isListed(result.provenance())) {
                        lifted.add(result.provenance());
                    }
                });
        readOn(
                settings.rejectedTopic(),
                record -> {
                    FrameRejection rejection = rejections.decode(record);
                    if (rejection != null && isListed(rejection.provenance())) {
                        rejectedAgain.add(rejection);
                    }
                });
        missing = frames.without(lifted).without(rejectedAgain.frames());
        pending =
                missing.count() == 0
                        ? missing
                        : missing.within(ranges(settings.framesTopic(), EARLIEST));
    }

    private boolean isListed(Provenance frame) {
        return frame.topic().equals(frames.topic())
                && frames.contains(frame.partition(), frame.offset());
    }

    /** From where the last reading ended. */
    private void readOn(String topic, TopicReader.Receiver receiver) throws Exception {
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            List<PartitionRange> ranges = reader.ranges(read.get(topic), LATEST);
            reader.read(ranges, receiver);
            read.put(topic, ends(ranges));
        }
    }

    private List<PartitionRange> ranges(String topic, ReadPosition from) {
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            return reader.ranges(from, LATEST);
        }
    }

    private static ReadPosition ends(List<PartitionRange> ranges) {
        return ReadPosition.of(
                ranges.stream()
                        .collect(
                                Collectors.toMap(
                                        range -> range.partition().partition(),
                                        PartitionRange::end)));
    }
}
