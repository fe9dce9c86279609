package io.liftstream.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many frames of each camera were lifted lately, by the broker's clock: a backlog that is read
 * partition by partition counts as it came. What is older by {@value #MEMORY_MILLIS} ms counts for
 * a fraction 1/e of a frame. Without Flink; not thread-safe.
 */
final class LiftedShares {
    static final double MEMORY_MILLIS = 2_000;

    private final Map<String, Share> shares = new HashMap<>();
    private double total;

    private static final class Share {
        private double frames;
        private long millis;
    }

    /**
     * Whether a camera had more than one and a half times its even share.
     *
     * @param brokerMillis when its next frame came to the topic
     */
    boolean isExceededBy(String cameraId, long brokerMillis) {
        return 2 * at(cameraId, brokerMillis).frames * shares.size() > 3 * total;
    }

    /** Counts a frame. */
    void add(String cameraId, long brokerMillis) {
        at(cameraId, brokerMillis).frames++;
        total++;
    }

    private Share at(String cameraId, long brokerMillis) {
        Share share = shares.computeIfAbsent(cameraId, id -> new Share());
        double before = share.frames;
        long passed = Math.max(0, brokerMillis - share.millis);
        share.frames *= Math.exp(-passed / MEMORY_MILLIS);
        share.millis += passed;
        total += share.frames - before;
        return share;
    }

    /** Forgets all other cameras. */
    void retain(Set<String> cameraIds) {
        shares.keySet().retainAll(cameraIds);
        total = shares.values().stream().mapToDouble(share -> share.frames).sum();
    }
}
