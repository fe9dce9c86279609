package io.liftstream.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs of one network that take too long, by ONNX Runtime's terminate flag, which it looks at
 * between two nodes. A run that does not end by that either, because a single kernel hangs, keeps
 * its thread for ever: then a given action is taken. Its one thread sleeps while nothing runs.
 */
final class RunDeadline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunDeadline.class);

    /** A machine that does other work for a moment does not hang. */
    private static final long MIN_HANG_MILLIS = 10_000;

    private final long timeoutMillis;
    private final Runnable onHang;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param timeoutMillis how long a run may take; 0 = any time
     * @param onHang taken on another thread when a run goes on for as long again, at least 10 s,
     *     after it was told to end
     */
    RunDeadline(long timeoutMillis, Runnable onHang) {
        this.timeoutMillis = timeoutMillis;
        this.onHang = onHang;
        this.timer = new ScheduledThreadPoolExecutor(1, RunDeadline::thread);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "network-deadline");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs a session.
     *
     * @param model what runs, for errors
     * @param batch how many images it runs on
     * @throws RunTimeoutException when it was ended
     * @throws OrtException when it failed by itself
     */
    OrtSession.Result run(
            OrtSession session, Map<String, OnnxTensor> inputs, String model, int batch)
            throws OrtException {
        if (timeoutMillis == 0) {
            return session.run(inputs);
        }
        try (Watch watch = new Watch(model)) {
            return watch.run(session, inputs, batch);
        }
    }

    private long hangMillis() {
        return Math.max(timeoutMillis, MIN_HANG_MILLIS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Over one run. Nothing happens to its options once they are closed. */
    private final class Watch implements AutoCloseable {
        private final OrtSession.RunOptions options = new OrtSession.RunOptions();
        private final String model;
        private Future<?> next;
        private boolean expired;
        private boolean over;

        Watch(String model) throws OrtException {
            this.model = model;
            next = timer.schedule(this::expire, timeoutMillis, TimeUnit.MILLISECONDS);
        }

        OrtSession.Result run(OrtSession session, Map<String, OnnxTensor> inputs, int batch)
                throws OrtException {
            try {
                return session.run(inputs, options);
            } catch (OrtException e) {
                if (isExpired()) {
                    throw new RunTimeoutException(model, batch, timeoutMillis);
                }
                throw e;
            }
        }

        private synchronized boolean isExpired() {
            return expired;
        }

        private synchronized void expire() {
            if (over) {
                return;
            }
            expired = true;
            try {
                options.setTerminate(true);
            } catch (OrtException e) {
                LOG.error("A run of model {} cannot be ended", model, e);
            }
            next = timer.schedule(this::hang, hangMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void hang() {
            if (!over) {
                LOG.error(
                        "A run of model {} did not stop within {} ms after its timeout: its kernel hangs",
                        model,
                        hangMillis());
                onHang.run();
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            next.cancel(false);
            options.close();
        }
    }
}
