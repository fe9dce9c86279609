package io.liftstream.cli.audit;

import io.liftstream.frame.Provenance;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.PartitionRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How often each offset of a stretch of a frames topic has an outcome: never, once or more often.
 * Three bits an offset. Not thread-safe.
 */
final class FrameLedger {
    private final String topic;
    private final Map<Integer, Account> accounts = new TreeMap<>();
    private long results;
    private long rejections;

    /** Offsets of one partition, counted from the first; some of them may be passed over. */
    private record Account(PartitionRange range, BitSet passedOver, BitSet once, BitSet again) {
        static Account of(PartitionRange range) {
            return new Account(range, new BitSet(), new BitSet(), new BitSet());
        }

        private int length() {
            return Math.toIntExact(range.length());
        }

        private boolean covers(long offset) {
            return offset >= range.start()
                    && offset < range.end()
                    && !passedOver.get(index(offset));
        }

        private int index(long offset) {
            return Math.toIntExact(offset - range.start());
        }
    }

    /**
     * @param frames stretches of one topic, one a partition, each of less than 2^31 offsets
     */
    FrameLedger(String topic, List<PartitionRange> frames) {
        this.topic = topic;
        for (PartitionRange range : frames) {
            accounts.put(range.partition().partition(), Account.of(range));
        }
    }

    /**
     * @param frames all that count, fewer than 2^31 offsets apart in each partition
     */
    FrameLedger(ListedFrames frames) {
        this(frames.topic(), frames.ranges());
        for (Account account : accounts.values()) {
            int partition = account.range.partition().partition();
            for (long at = account.range.start(); at < account.range.end(); at++) {
                account.passedOver.set(account.index(at), !frames.contains(partition, at));
            }
        }
    }

    /** {@return the stretches in which the offsets lie that count} */
    List<PartitionRange> stretches() {
        return accounts.values().stream().map(Account::range).toList();
    }

    /** {@return how many offsets of a stretch count} */
    long offsets(PartitionRange stretch) {
        Account account = accounts.get(stretch.partition().partition());
        return account.range.length() - account.passedOver.cardinality();
    }

    /** A frame became a result. */
    void result(Provenance frame) {
        if (enter(frame)) {
            results++;
        }
    }

    /** A frame was rejected. */
    void rejection(Provenance frame) {
        if (enter(frame)) {
            rejections++;
        }
    }

    /** {@return whether this is the first outcome of a frame that counts} */
    private boolean enter(Provenance frame) {
        Account account = frame.topic().equals(topic) ? accounts.get(frame.partition()) : null;
        if (account == null || !account.covers(frame.offset())) {
            return false;
        }
        int index = account.index(frame.offset());
        if (account.once.get(index)) {
            account.again.set(index);
            return false;
        }
        account.once.set(index);
        return true;
    }

    /** {@return whether an offset that counts has no outcome} */
    boolean lacksOutcome(int partition, long offset) {
        Account account = accounts.get(partition);
        return account != null
                && account.covers(offset)
                && !account.once.get(account.index(offset));
    }

    /** {@return frames whose first outcome is a result} */
    long results() {
        return results;
    }

    /** {@return frames whose first outcome is a rejection} */
    long rejections() {
        return rejections;
    }

    /** {@return offsets without an outcome: frames that were lost, or no frames at all} */
    List<PartitionRange> missing() {
        List<PartitionRange> stretches = new ArrayList<>();
        for (Account account : accounts.values()) {
            BitSet missing = (BitSet) account.once.clone();
            missing.flip(0, account.length());
            missing.andNot(account.passedOver);
            addStretches(account.range, missing, stretches);
        }
        return stretches;
    }

    /** {@return offsets with more than one outcome} */
    List<PartitionRange> repeated() {
        List<PartitionRange> stretches = new ArrayList<>();
        accounts.values().forEach(account -> addStretches(account.range, account.again, stretches));
        return stretches;
    }

    private static void addStretches(
            PartitionRange range, BitSet offsets, List<PartitionRange> stretches) {
        TopicPartition partition = range.partition();
        for (int first = offsets.nextSetBit(0); first >= 0; ) {
            int end = offsets.nextClearBit(first);
            stretches.add(
                    new PartitionRange(partition, range.start() + first, range.start() + end));
            first = offsets.nextSetBit(end);
        }
    }
}
