package io.liftstream.network;

import io.liftstream.frame.DurationText;
import io.liftstream.frame.ModelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Models that are refused for a while, because to try them costs more than the frame that asks for
 * them may: otherwise each such frame would hold back all others.
 *
 * <p>A model that cannot be opened is refused for {@link #SHORTEST} at first, and for twice as long
 * after each further failure, up to {@link #LONGEST}: what lasts is tried seldom, and what passes,
 * as a GPU that is full for a moment, costs a model no longer than it lasted, or a little more. Not
 * thread safe.
 */
final class ModelBans {
    static final Duration SHORTEST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private final Map<String, Ban> bans = new HashMap<>();

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    ModelBans(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Refuses a model whose runs fail or do not end. */
    void ban(String model, Throwable why) {
        bans.put(model, new Ban(nanoTime.getAsLong(), LONGEST, why));
    }

    /** Refuses a model that could not be opened. */
    void banForNow(String model, Throwable why) {
        long now = nanoTime.getAsLong();
        bans.values().removeIf(ban -> ban.isForgotten(now));
        Ban last = bans.get(model);
        bans.put(model, new Ban(now, last == null ? SHORTEST : last.nextDuration(), why));
    }

    /** Forgets the failures of a model that was opened. */
    void lift(String model) {
        bans.remove(model);
    }

    /**
     * Lets a model pass unless it is banned.
     *
     * @throws ModelException with the reason
     */
    void requireNone(String model) {
        Ban ban = bans.get(model);
        if (ban != null && !ban.isOver(nanoTime.getAsLong())) {
            throw new ModelException(
                    "model_backend",
                    model,
                    "is not tried again for "
                            + DurationText.of(ban.duration)
                            + ": "
                            + ban.why.getMessage(),
                    ban.why);
        }
    }

    private record Ban(long sinceNanos, Duration duration, Throwable why) {
        boolean isOver(long now) {
            return now - sinceNanos >= duration.toNanos();
        }

        /** After so long another failure is no longer the same one. */
        boolean isForgotten(long now) {
            return now - sinceNanos >= duration.plus(LONGEST).toNanos();
        }

        Duration nextDuration() {
            Duration twice = duration.multipliedBy(2);
            return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        }
    }
}
