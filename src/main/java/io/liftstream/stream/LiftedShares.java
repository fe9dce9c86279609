package io.liftstream.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many frames of each camera were lifted lately, by the broker's clock: a backlog that is read
 * partition by partition counts as it came. What is older by {@value #MEMORY_MILLIS} ms counts for
 * a fraction 1/e of a frame. Without Flink; not thread-safe.
 *
 * <p>After a start, one camera's backlog may be read far ahead of another's, of which few frames
 * are known yet. So a camera is only compared with those whose frames cover {@value #KNOWN_MILLIS}
 * ms.
 */
final class LiftedShares {
    static final double MEMORY_MILLIS = 2_000;
    static final long KNOWN_MILLIS = 4_000;

    private final Map<String, Share> shares = new HashMap<>();
    private double knownFrames;
    private int known;

    private static final class Share {
        private final long firstMillis;
        private double frames;
        private long millis;

        Share(long millis) {
            this.firstMillis = millis;
            this.millis = millis;
        }

        boolean isKnown() {
            return millis - firstMillis >= KNOWN_MILLIS;
        }
    }

    /**
     * Whether a camera had more than one and a half times its even share.
     *
     * @param brokerMillis when its next frame came to the topic
     */
    boolean isExceededBy(String cameraId, long brokerMillis) {
        Share share = at(cameraId, brokerMillis);
        int compared = share.isKnown() ? known : known + 1;
        double all = share.isKnown() ? knownFrames : knownFrames + share.frames;
        return 2 * share.frames * compared > 3 * all;
    }

    /** Counts a frame. */
    void add(String cameraId, long brokerMillis) {
        Share share = at(cameraId, brokerMillis);
        uncount(share);
        share.frames++;
        count(share);
    }

    private Share at(String cameraId, long brokerMillis) {
        Share share = shares.computeIfAbsent(cameraId, id -> new Share(brokerMillis));
        long passed = Math.max(0, brokerMillis - share.millis);
        uncount(share);
        share.frames *= Math.exp(-passed / MEMORY_MILLIS);
        share.millis += passed;
        count(share);
        return share;
    }

    private void count(Share share) {
        if (share.isKnown()) {
            known++;
            knownFrames += share.frames;
        }
    }

    private void uncount(Share share) {
        if (share.isKnown()) {
            known--;
            knownFrames -= share.frames;
        }
    }

    /** Forgets all other cameras. */
    void retain(Set<String> cameraIds) {
        shares.keySet().retainAll(cameraIds);
        known = 0;
        knownFrames = 0;
        shares.values().forEach(this::count);
    }
}
