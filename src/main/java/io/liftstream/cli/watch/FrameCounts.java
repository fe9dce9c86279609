package io.liftstream.cli.watch;

import io.liftstream.frame.RejectionReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * Frames that a job has counted.
 *
 * @param read from the frames topic
 * @param lifted to a result
 * @param rejected by reason; a reason of no frame is left out
 */
record FrameCounts(long read, long lifted, Map<RejectionReason, Long> rejected) {
    static final FrameCounts NONE = new FrameCounts(0, 0, Map.of());

    FrameCounts {
        rejected = Map.copyOf(rejected);
    }

    /** Frames with an outcome. */
    long outcomes() {
        return lifted + allRejected();
    }

    long allRejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    long rejected(RejectionReason reason) {
        return rejected.getOrDefault(reason, 0L);
    }

    FrameCounts plus(FrameCounts more) {
        Map<RejectionReason, Long> sums = new EnumMap<>(RejectionReason.class);
        sums.putAll(rejected);
        more.rejected.forEach((reason, frames) -> sums.merge(reason, frames, Long::sum));
        return new FrameCounts(read + more.read, lifted + more.lifted, sums);
    }

    /** What was counted since; a counter that is lower now began anew with its task. */
    FrameCounts since(FrameCounts earlier) {
        Map<RejectionReason, Long> differences = new EnumMap<>(RejectionReason.class);
        rejected.forEach(
                (reason, frames) -> {
                    long more = more(frames, earlier.rejected(reason));
                    if (more > 0) {
                        differences.put(reason, more);
                    }
                });
        return new FrameCounts(more(read, earlier.read), more(lifted, earlier.lifted), differences);
    }

    private static long more(long now, long before) {
        return now < before ? now : now - before;
    }
}
