package io.liftstream.kafka;

import java.io.Serializable;
import java.util.HashMap;

/**
 * Which offset of each partition must come next, so that offsets that bring no record are seen: the
 * broker removed their records before they were read, or the topic was deleted and created again. A
 * transaction's mark takes an offset as well. Not thread-safe.
 */
final class OffsetGaps implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<Integer, Long> expected = new HashMap<>();

    /**
     * Says where reading of a partition begins.
     *
     * @param partition its number
     * @param offset the first that is wanted; what is negative stands for no offset in particular
     */
    void beginAt(int partition, long offset) {
        if (offset < 0) {
            expected.remove(partition);
        } else {
            expected.put(partition, offset);
        }
    }

    /**
     * Takes the next record of a partition.
     *
     * @param partition its number
     * @param offset the record's
     * @return the offsets before it that brought no record; below 0 where it lies further back than
     *     the one expected, 0 where it is the one expected
     */
    long passed(int partition, long offset) {
        Long wanted = expected.put(partition, offset + 1);
        return wanted == null ? 0 : offset - wanted;
    }
}
