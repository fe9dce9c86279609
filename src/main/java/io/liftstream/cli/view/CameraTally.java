package io.liftstream.cli.view;

import io.liftstream.frame.RejectionReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Counts what came of one camera. Not thread-safe. */
final class CameraTally {
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final int MAX_ARRIVALS = 1024;

    private final Map<RejectionReason, Long> rejections = new EnumMap<>(RejectionReason.class);
    private final Deque<Long> arrivals = new ArrayDeque<>();
    private long results;

    void result(long nowNanos) {
        results++;
        arrivals.addLast(nowNanos);
        if (arrivals.size() > MAX_ARRIVALS) {
            arrivals.removeFirst();
        }
    }

    void rejected(RejectionReason reason, long frames) {
        rejections.merge(reason, frames, Long::sum);
    }

    long results() {
        return results;
    }

    Map<RejectionReason, Long> rejections() {
        return rejections;
    }

    /** Results a second, over the last five seconds. */
    double perSecond(long nowNanos) {
        while (!arrivals.isEmpty() && nowNanos - arrivals.peekFirst() > WINDOW_NANOS) {
            arrivals.removeFirst();
        }
        if (arrivals.size() < 2) {
            return 0;
        }
        long span = Math.max(1, nowNanos - arrivals.peekFirst());
        return (arrivals.size() - 1) * 1e9 / span;
    }
}
