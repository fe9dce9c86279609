package io.liftstream.cli.demo;

import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.cli.job.LocalJob;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Publishes on one thread and reads the outcomes on this one until all are there. */
final class FleetRun {
    private static final Duration POLL = Duration.ofMillis(200);

    private final FramePublisher publisher;
    private final OutcomeReader reader;
    private final LocalJob job;
    private final DemoTally tally;

    FleetRun(FramePublisher publisher, OutcomeReader reader, LocalJob job, DemoTally tally) {
        this.publisher = publisher;
        this.reader = reader;
        this.job = job;
        this.tally = tally;
    }

    /**
     * Runs until every frame has an outcome, or none has come for a while.
     *
     * @param patience how long to wait for the next outcome
     */
    void run(
            FrameSupply supply,
            int cameras,
            int frames,
            double fps,
            Duration patience,
            ProgressDisplay progress)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(FleetRun::daemon);
        try {
            Future<?> publishing =
                    thread.submit(
                            () -> {
                                publisher.publish(supply, cameras, frames, fps, tally::published);
                                return null;
                            });
            long lastNews = System.nanoTime();
            while (tally.outcomes() < frames && System.nanoTime() - lastNews < patience.toNanos()) {
                int before = tally.outcomes();
                reader.poll(POLL, tally);
                if (tally.outcomes() > before) {
                    lastNews = System.nanoTime();
                    progress.reached(tally.outcomes());
                } else {
                    job.requireRunning();
                }
                if (publishing.isDone()) {
                    publishing.get();
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "frame-publisher");
        thread.setDaemon(true);
        return thread;
    }
}
