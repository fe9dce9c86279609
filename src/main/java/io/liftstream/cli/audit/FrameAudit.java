package io.liftstream.cli.audit;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.frame.Provenance;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.OutcomeFrames;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether each frame of a stretch of the frames topic has exactly one result or rejection, as
 * readers of committed records see it. They see it late: a commit is answered before it shows.
 */
public final class FrameAudit {
    private static final ReadPosition LATEST = ReadPosition.parse("latest");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int STRETCHES_SHOWN = 100;

    private final JobSettings settings;
    private final FrameLedger ledger;
    private final Map<String, ReadPosition> read = new HashMap<>();
    private final Map<String, Long> outcomesRemoved = new TreeMap<>();
    private List<PartitionRange> missing;

    private FrameAudit(
            JobSettings settings,
            FrameLedger ledger,
            ReadPosition depthStart,
            ReadPosition rejectedStart) {
        this.settings = settings;
        this.ledger = ledger;
        this.missing = ledger.missing();
        read.put(settings.depthTopic(), depthStart);
        read.put(settings.rejectedTopic(), rejectedStart);
    }

    /**
     * {@return an audit of outcomes that are written from now on}
     *
     * @param settings of the job that will write them
     */
    public static FrameAudit fromNowOn(JobSettings settings) {
        return fromNowOn(
                settings, ledger(settings, stretches(settings, settings.start(), settings.end())));
    }

    /**
     * {@return an audit of the outcomes of some frames that are written from now on}
     *
     * @param settings of the job that will write them
     * @param frames all that it lifts
     */
    public static FrameAudit fromNowOn(JobSettings settings, ListedFrames frames) {
        return fromNowOn(settings, new FrameLedger(frames));
    }

    private static FrameAudit fromNowOn(JobSettings settings, FrameLedger ledger) {
        return new FrameAudit(
                settings,
                ledger,
                ends(settings, settings.depthTopic()),
                ends(settings, settings.rejectedTopic()));
    }

    /**
     * {@return an audit of outcomes that are there already}
     *
     * @param settings of the job that wrote them
     * @param from where the frames begin
     * @param to where they end, exclusive
     * @throws Exception where a broker does not answer
     */
    public static FrameAudit of(JobSettings settings, ReadPosition from, ReadPosition to)
            throws Exception {
        List<PartitionRange> frames = stretches(settings, from, to);
        ReadPosition outcomes = new FirstFrameTime(settings, frames).beforeOutcomes();
        return new FrameAudit(settings, ledger(settings, frames), outcomes, outcomes);
    }

    private static FrameLedger ledger(JobSettings settings, List<PartitionRange> frames) {
        return new FrameLedger(settings.framesTopic(), frames);
    }

    private static List<PartitionRange> stretches(
            JobSettings settings, ReadPosition from, ReadPosition to) {
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            return reader.ranges(from, to);
        }
    }

    private static ReadPosition ends(JobSettings settings, String topic) {
        try (TopicReader reader = new TopicReader(settings.kafka(), List.of(topic))) {
            return ends(reader.ranges(LATEST, LATEST));
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

    /**
     * Counts once, and says what was found.
     *
     * @param out gets counts and lists
     * @return the exit code: failed where a frame has no outcome, or more than the job's guarantee
     *     allows, or outcomes were gone before they were read
     * @throws Exception where a broker does not answer
     */
    public int report(PrintWriter out) throws Exception {
        count();
        return describe(out);
    }

    /**
     * Counts until every frame has its outcome or half a minute is over, and says what was found.
     *
     * @param out gets counts and lists
     * @return the exit code, as of {@link #report}
     * @throws Exception where a broker does not answer
     */
    public int awaitAndReport(PrintWriter out) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        count();
        while (!missing.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE.toMillis());
            count();
        }
        return describe(out);
    }

    /** {@return how many frames were rejected, as far as they are counted} */
    public long rejections() {
        return ledger.rejections();
    }

    /** {@return how many offsets have no outcome and no frame, as far as they are counted} */
    public long withoutFrame() {
        return lengths(ledger.missing()) - lengths(missing);
    }

    private void count() throws Exception {
        readOn(settings.depthTopic(), ledger::result);
        readOn(settings.rejectedTopic(), ledger::rejection);
        missing = framesAmong(ledger.missing());
    }

    /** From where the last reading ended. */
    private void readOn(String topic, Consumer<Provenance> outcome) throws Exception {
        try (TopicReader reader = TopicReader.ofHeaders(settings.kafka(), List.of(topic))) {
            ReadPosition from = read.get(topic);
            List<PartitionRange> ranges = reader.ranges(from, LATEST);
            ranges.forEach(range -> countRemoved(from, range));
            reader.read(
                    ranges,
                    record -> OutcomeFrames.of(record).forEach(outcome),
                    gone -> outcomesRemoved.merge(topic, gone.length(), Long::sum));
            read.put(topic, ends(ranges));
        }
    }

    /** Where the last reading ended is known; another position names no offset. */
    private void countRemoved(ReadPosition from, PartitionRange left) {
        TopicPartition partition = left.partition();
        long wanted = from.offsets().getOrDefault(partition.partition(), left.start());
        if (wanted < left.start()) {
            outcomesRemoved.merge(partition.topic(), left.start() - wanted, Long::sum);
        }
    }

    /** An offset without a record is a transaction's mark, or was removed by the broker. */
    private List<PartitionRange> framesAmong(List<PartitionRange> offsets) throws Exception {
        Map<Integer, Long> starts = new HashMap<>();
        Map<Integer, Long> ends = new HashMap<>();
        for (PartitionRange stretch : offsets) {
            int partition = stretch.partition().partition();
            starts.merge(partition, stretch.start(), Math::min);
            ends.merge(partition, stretch.end(), Math::max);
        }
        if (starts.isEmpty()) {
            return List.of();
        }
        Stretches found = new Stretches();
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            List<PartitionRange> spans =
                    reader.ranges(ReadPosition.of(starts), ReadPosition.of(ends)).stream()
                            .filter(span -> starts.containsKey(span.partition().partition()))
                            .toList();
            reader.read(
                    spans,
                    record -> {
                        if (ledger.lacksOutcome(record.partition(), record.offset())) {
                            found.add(
                                    new TopicPartition(record.topic(), record.partition()),
                                    record.offset());
                        }
                    },
                    gone -> {}); // An offset that the broker has removed holds no frame.
        }
        return found.all();
    }

    private int describe(PrintWriter out) {
        List<PartitionRange> repeated = ledger.repeated();
        long lost = lengths(missing);
        long twice = lengths(repeated);
        out.printf(Locale.ROOT, "Audit of %s:%n", settings.framesTopic());
        out.printf(
                Locale.ROOT,
                "%-9s %14s %14s %14s%n",
                "partition",
                "from offset",
                "to offset",
                "offsets");
        long judged = 0;
        for (PartitionRange range : ledger.stretches()) {
            long offsets = ledger.offsets(range);
            judged += offsets;
            out.printf(
                    Locale.ROOT,
                    "%-9d %14d %14d %14d%n",
                    range.partition().partition(),
                    range.start(),
                    range.end(),
                    offsets);
        }
        if (judged == 0) {
            out.println("There is nothing between these offsets: no frame was judged.");
        }
        out.printf(
                Locale.ROOT,
                "%d frames have a result on %s, %d a rejection on %s; %d have neither, %d more than"
                        + " one outcome.%n",
                ledger.results(),
                settings.depthTopic(),
                ledger.rejections(),
                settings.rejectedTopic(),
                lost,
                twice);
        if (withoutFrame() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%d offsets have no frame: the broker has removed it, or a transaction of a"
                            + " producer ends there.%n",
                    withoutFrame());
        }
        outcomesRemoved.forEach(
                (topic, offsets) ->
                        out.printf(
                                Locale.ROOT,
                                "%d offsets of %s were removed by its retention before they were read:"
                                        + " outcomes there are not counted.%n",
                                offsets,
                                topic));
        if (lost > 0) {
            out.printf(
                    Locale.ROOT,
                    "A transaction that is open on %s or %s, left by a job that was stopped, hides"
                            + " what comes after it until it times out.%n",
                    settings.depthTopic(),
                    settings.rejectedTopic());
        }
        list("without an outcome", missing, out);
        list("with more than one", repeated, out);
        boolean mayRepeat = settings.sink().guarantee() == DeliveryGuarantee.AT_LEAST_ONCE;
        if (twice > 0 && mayRepeat) {
            out.println("The job writes at least once: a recovery repeats outcomes.");
        }
        boolean whole = lost == 0 && outcomesRemoved.isEmpty();
        return whole && (twice == 0 || mayRepeat) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void list(String what, List<PartitionRange> stretches, PrintWriter out) {
        stretches.stream()
                .limit(STRETCHES_SHOWN)
                .forEach(
                        stretch ->
                                out.printf(
                                        Locale.ROOT,
                                        "%s: partition %d, offsets %d to %d%n",
                                        what,
                                        stretch.partition().partition(),
                                        stretch.start(),
                                        stretch.end() - 1));
        if (stretches.size() > STRETCHES_SHOWN) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d more stretches%n",
                    what,
                    stretches.size() - STRETCHES_SHOWN);
        }
    }

    private static long lengths(List<PartitionRange> stretches) {
        return stretches.stream().mapToLong(PartitionRange::length).sum();
    }
}
