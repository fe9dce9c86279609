package io.liftstream.stream;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides which frames are lifted when there are more than can be. Without Flink; not thread-safe.
 *
 * <p>A frame older than the greatest age means overload. From then on frames are shed down to
 * {@value #TARGET_MILLIS} ms, and not only to the greatest age, so that what is lifted shows the
 * present; this ends when none had to be shed for {@value #CALM_MILLIS} ms. The time for which a
 * frame was held for its order is no overload: a camera that sends a frame every five seconds must
 * not be shed for its own pace. Meanwhile the cameras take turns: a camera that has been lifted
 * waits until each of the others that send has been, or until the queue is short.
 *
 * <p>A camera that floods its partition is held to its share before that: once frames are older
 * than {@value #FLOOD_MILLIS} ms, those of a camera that had more than one and a half times its
 * even share are shed, see {@link LiftedShares}.
 */
final class LoadShedding {
    static final long TARGET_MILLIS = 1_000;
    static final long FLOOD_MILLIS = 2_000;
    static final long CALM_MILLIS = 10_000;

    private final long maxAgeMillis;
    private final Map<String, Long> lastSeenMillis = new HashMap<>();
    private final LiftedShares lifted = new LiftedShares();
    private final Set<String> hadTheirTurn = new HashSet<>();
    private long overloadedUntilMillis = Long.MIN_VALUE;
    private long forgottenMillis = Long.MIN_VALUE;

    /**
     * @param maxAgeMillis the greatest age; more than 0
     */
    LoadShedding(long maxAgeMillis) {
        this.maxAgeMillis = maxAgeMillis;
    }

    /**
     * Whether a frame whose turn has come is to be shed.
     *
     * @param cameraId its camera
     * @param ageMillis how long it has been on the topic, by the broker's clock
     * @param heldMillis how much of that it waited for its turn, and not to be read
     * @param nowMillis the wall clock
     */
    boolean sheds(String cameraId, long ageMillis, long heldMillis, long nowMillis) {
        see(cameraId, nowMillis);
        boolean sheds = isTooMuch(cameraId, ageMillis, ageMillis - heldMillis, nowMillis);
        if (!sheds) {
            hadTheirTurn.add(cameraId);
            lifted.add(cameraId, nowMillis - ageMillis);
        }
        return sheds;
    }

    /** Whether more comes than can be lifted. */
    boolean isOverloaded(long nowMillis) {
        return nowMillis < overloadedUntilMillis;
    }

    private boolean isTooMuch(String cameraId, long ageMillis, long queuedMillis, long nowMillis) {
        boolean tooOld = ageMillis > maxAgeMillis;
        boolean queueTooLong = queuedMillis > target();
        if (queueTooLong && (tooOld || isOverloaded(nowMillis))) {
            overloadedUntilMillis = nowMillis + CALM_MILLIS;
            return true;
        }
        if (tooOld) {
            return true;
        }
        if (!isOverloaded(nowMillis)) {
            return queuedMillis > FLOOD_MILLIS
                    && lifted.isExceededBy(cameraId, nowMillis - ageMillis);
        }
        if (queuedMillis <= target() / 2 || hadTheirTurn.size() >= lastSeenMillis.size()) {
            hadTheirTurn.clear();
        }
        return hadTheirTurn.contains(cameraId);
    }

    private long target() {
        return Math.min(TARGET_MILLIS, maxAgeMillis);
    }

    /** Cameras that no longer send have no share; looked for once a second. */
    private void see(String cameraId, long nowMillis) {
        lastSeenMillis.put(cameraId, nowMillis);
        if (nowMillis >= forgottenMillis + TARGET_MILLIS) {
            forgottenMillis = nowMillis;
            lastSeenMillis.values().removeIf(seen -> seen < nowMillis - CALM_MILLIS);
            hadTheirTurn.retainAll(lastSeenMillis.keySet());
            lifted.retain(lastSeenMillis.keySet());
        }
    }
}
