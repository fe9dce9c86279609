package io.liftstream.network;

import io.liftstream.frame.ModelException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Models that are refused for a while, because to try them costs more than the frame that asks for
 * them may: otherwise each such frame would hold back all others. Not thread safe.
 */
final class ModelBans {
    static final long MINUTES = 5;
    private static final long NANOS = TimeUnit.MINUTES.toNanos(MINUTES);

    private final LongSupplier nanoTime;
    private final Map<String, Ban> bans = new HashMap<>();

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    ModelBans(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void ban(String model, Throwable why) {
        bans.put(model, new Ban(nanoTime.getAsLong(), why));
    }

    /**
     * Lets a model pass unless it is banned.
     *
     * @throws ModelException with the reason
     */
    void requireNone(String model) {
        Ban ban = bans.get(model);
        if (ban == null) {
            return;
        }
        if (nanoTime.getAsLong() - ban.sinceNanos >= NANOS) {
            bans.remove(model);
            return;
        }
        throw new ModelException(
                "model_backend",
                model,
                "is not run for " + MINUTES + " minutes: " + ban.why.getMessage(),
                ban.why);
    }

    private record Ban(long sinceNanos, Throwable why) {}
}
