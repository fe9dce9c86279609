package io.liftstream.cli.export;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells repeats, which an at-least-once job sends after a recovery: of what it has sent since its
 * last checkpoint, so the last hundred thousand are remembered and no more.
 *
 * @param <T> what is equal for repeats
 */
final class RecentlySeen<T> {
    private static final int REMEMBERED = 100_000;

    private final Map<T, Boolean> seen =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private long repeats;

    /** Whether this is met for the first time, as far as is remembered. */
    boolean isNew(T identity) {
        boolean first = seen.put(identity, true) == null;
        repeats += first ? 0 : 1;
        return first;
    }

    /** How many were not. */
    long repeats() {
        return repeats;
    }
}
