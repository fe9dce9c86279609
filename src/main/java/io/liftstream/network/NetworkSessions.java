package io.liftstream.network;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.InputSize;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one network, at least one. On a GPU each input size has its own: since version
 * 1.20 ONNX Runtime keeps cuDNN's plans for one shape of a convolution's input, and makes them anew
 * whenever another comes, which takes longer than the run (its issue 23006). On the CPU one session
 * serves all sizes. Not safe for several threads.
 */
final class NetworkSessions implements AutoCloseable {
    /** Each holds the weights and the memory of a run. */
    static final int MOST_ON_GPU = 4;

    /** A try that fails takes as long as many frames do, and a GPU that is full stays so. */
    static final Duration RETRY_AFTER = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(NetworkSessions.class);

    /** Opens a session for inputs of one size. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens it and runs it once.
         *
         * @throws LiftingException where it cannot be opened or cannot run, as without memory
         */
        NetworkSession open(InputSize size);
    }

    private final NetworkSession first;
    private final Opener opener;
    // Least recently used first.
    private final Map<InputSize, NetworkSession> sessions = new LinkedHashMap<>(8, 0.75f, true);
    private final int most;
    private final LongSupplier nanoTime;
    private boolean scarcitySaid;

    /** When none could be opened; null where the last try succeeded. */
    private Long failedNanos;

    /**
     * @param first is closed with the others
     * @param opener opens others
     * @param most sessions open at a time
     * @param nanoTime as {@link System#nanoTime}
     */
    NetworkSessions(NetworkSession first, Opener opener, int most, LongSupplier nanoTime) {
        this.first = first;
        this.opener = opener;
        this.most = most;
        this.nanoTime = nanoTime;
    }

    NetworkSession first() {
        return first;
    }

    /** The session that runs inputs of a size. */
    NetworkSession of(InputSize size) {
        NetworkSession known = sessions.get(size);
        if (known != null) {
            return known;
        }
        NetworkSession session =
                sessions.isEmpty() ? first : opened(size).orElseGet(() -> taken(size));
        sessions.put(size, session);
        return session;
    }

    /** Empty where there are as many as may be, or as there was room for when one was tried. */
    private Optional<NetworkSession> opened(InputSize size) {
        if (sessions.size() >= most || hasJustFailed()) {
            return Optional.empty();
        }
        try {
            NetworkSession session = opener.open(size);
            failedNanos = null;
            return Optional.of(session);
        } catch (LiftingException e) {
            if (!scarcitySaid) {
                LOG.warn("No session of its own can be opened for input size {}", size, e);
            }
            failedNanos = nanoTime.getAsLong();
            return Optional.empty();
        }
    }

    private boolean hasJustFailed() {
        return failedNanos != null && nanoTime.getAsLong() - failedNanos < RETRY_AFTER.toNanos();
    }

    /** The session of the size that came longest ago. */
    private NetworkSession taken(InputSize size) {
        if (first.provider() != ExecutionProvider.CPU && !scarcitySaid) {
            scarcitySaid = true;
            LOG.warn(
                    "Input sizes {} and {} of one model share its {} sessions on the GPU: each change"
                            + " from one size to another costs more than a run. A model of fixed"
                            + " input size takes images of every size as one",
                    sessions.keySet(),
                    size,
                    sessions.size());
        }
        Iterator<NetworkSession> leastRecent = sessions.values().iterator();
        NetworkSession taken = leastRecent.next();
        leastRecent.remove();
        return taken;
    }

    @Override
    public void close() {
        try {
            sessions.values().forEach(NetworkSession::close);
        } finally {
            first.close();
        }
    }
}
