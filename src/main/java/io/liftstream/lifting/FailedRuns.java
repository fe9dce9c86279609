package io.liftstream.lifting;

import java.util.HashMap;
import java.util.Map;

/**
 * Which models and sizes failed of late in a run of several images. Counts images and no time, so
 * that a replay does the same. Not thread safe.
 */
final class FailedRuns {
    /** After so many that ran alone, images share their runs again. */
    static final int IMAGES = 100;

    /** A sender can name sizes without end. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<BatchKey, Integer> left = new HashMap<>();

    void remember(BatchKey key) {
        if (left.size() < MAX_REMEMBERED) {
            left.put(key, IMAGES);
        }
    }

    boolean isRemembered(BatchKey key) {
        return left.containsKey(key);
    }

    void markAlone(BatchKey key) {
        left.computeIfPresent(key, (same, images) -> images == 1 ? null : images - 1);
    }
}
