package io.liftstream.cli.view;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Everyone who is connected, and the threads that serve them. Safe for several threads. */
final class Viewers implements AutoCloseable {
    /** Viewers at a time; further ones are refused. */
    static final int MAX_VIEWERS = 16;

    private static final int ENCODERS = 2;
    private static final int TICK_SECONDS = 1;
    private static final int PING_SECONDS = 10;

    private final Set<ViewerSocket> present = new HashSet<>();
    private final NewestFrames frames;
    private final ExecutorService encoder =
            Executors.newFixedThreadPool(ENCODERS, daemons("view-encoder"));
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(daemons("view-ticks"));

    /**
     * @param frames what they see
     */
    Viewers(NewestFrames frames) {
        this.frames = frames;
        repeat(ViewerSocket::tick, TICK_SECONDS);
        repeat(viewer -> viewer.outbox().ping(), PING_SECONDS);
    }

    /** A viewer whose turn fails leaves; an exception must not end everybody's turns. */
    @SuppressWarnings("FutureReturnValueIgnored") // Each turn deals with its own failures.
    private void repeat(Consumer<ViewerSocket> turn, int seconds) {
        ticks.scheduleWithFixedDelay(
                () -> all().forEach(viewer -> take(turn, viewer)),
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    private static void take(Consumer<ViewerSocket> turn, ViewerSocket viewer) {
        try {
            turn.accept(viewer);
        } catch (RuntimeException e) {
            viewer.onWebSocketError(e);
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    NewestFrames frames() {
        return frames;
    }

    /** Runs what makes messages. */
    Executor encoder() {
        return encoder;
    }

    /** Lets a viewer in; false where there are too many. */
    boolean join(ViewerSocket viewer) {
        synchronized (this) {
            if (present.size() >= MAX_VIEWERS) {
                return false;
            }
            present.add(viewer);
        }
        frames.add(viewer);
        return true;
    }

    /** A viewer is gone. */
    void leave(ViewerSocket viewer) {
        frames.remove(viewer);
        synchronized (this) {
            present.remove(viewer);
        }
    }

    private synchronized List<ViewerSocket> all() {
        return List.copyOf(present);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        encoder.shutdownNow();
    }
}
