package io.liftstream.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command end its work when the process is asked to end, by Ctrl-C for example. */
public final class OrderlyEnd implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "orderly-end");
    private volatile boolean asked;

    /** From now on the process waits for its work when it is asked to end. */
    public OrderlyEnd() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** {@return whether the work should end} */
    public boolean isAsked() {
        return asked;
    }

    private void await() {
        asked = true;
        try {
            if (!done.await(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                System.err.printf(Locale.ROOT, "did not end within %d s%n", TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work has ended: the process may. */
    @Override
    public void close() {
        done.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return; // The process began to end just now; the hook has nothing to wait for.
            }
        }
    }
}
