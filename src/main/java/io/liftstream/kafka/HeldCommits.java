package io.liftstream.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Decides which checkpoint's offsets may be committed: the latest whose frames all have their
 * outcome in a later checkpoint that is complete as well.
 *
 * <p>A frame that was read before checkpoint m is with the ordering when m is complete, and waits
 * there for no longer than {@code wait}. So the barrier of a checkpoint n that starts at least
 * {@code wait} after m's completion comes behind its outcome, and n's completion makes the outcome
 * lasting; where the outcome lies in a transaction, that is committed at n's completion, hence the
 * offsets only with the next one. This holds for aligned checkpoints; unaligned ones let barriers
 * overtake frames. Not thread-safe.
 */
final class HeldCommits {
    private final long waitNanos;
    private final LongSupplier nanoClock;
    private final Map<Long, Long> started = new HashMap<>();
    private final Deque<Completed> completed = new ArrayDeque<>();
    private OptionalLong decided = OptionalLong.empty();

    private record Completed(long checkpoint, long atNanos) {}

    /**
     * @param wait the longest that a frame waits for its outcome
     * @param nanoClock rising nanoseconds
     */
    HeldCommits(Duration wait, LongSupplier nanoClock) {
        this.waitNanos = wait.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * A checkpoint starts at the source.
     *
     * @param checkpoint its id
     */
    void started(long checkpoint) {
        started.put(checkpoint, nanoClock.getAsLong());
    }

    /**
     * A checkpoint is complete.
     *
     * @param checkpoint its id
     * @return the checkpoint whose offsets may be committed now, if there is a new one
     */
    OptionalLong completed(long checkpoint) {
        OptionalLong lasting = decided;
        Long barrierNanos = started.get(checkpoint);
        decided = OptionalLong.empty();
        while (barrierNanos != null
                && !completed.isEmpty()
                && barrierNanos - completed.getFirst().atNanos() >= waitNanos) {
            decided = OptionalLong.of(completed.removeFirst().checkpoint());
        }
        completed.addLast(new Completed(checkpoint, nanoClock.getAsLong()));
        started.keySet().removeIf(earlier -> earlier <= checkpoint);
        return lasting;
    }
}
