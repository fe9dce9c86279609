package io.liftstream.cli.bench;

import io.liftstream.job.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The library in a plain loop: as many threads as the job has subtasks, each with its share of the
 * topic's partitions, a network and clients of its own.
 */
final class LibraryLoop implements Work {
    private final JobSettings settings;
    private final boolean produces;
    private final List<LoopSlot> slots = new ArrayList<>();

    /**
     * Opens the models.
     *
     * @param threads how many
     * @param produces whether the results are encoded and sent
     */
    LibraryLoop(JobSettings settings, int threads, boolean produces) {
        this.settings = settings;
        this.produces = produces;
        for (int i = 0; i < threads; i++) {
            slots.add(new LoopSlot(settings));
        }
    }

    @Override
    public Measurement run(BenchRun run) throws Exception {
        StageTimes all = new StageTimes();
        ExecutorService threads = Executors.newFixedThreadPool(slots.size());
        try {
            List<Future<StageTimes>> running = new ArrayList<>();
            for (int i = 0; i < slots.size(); i++) {
                LoopThread thread =
                        new LoopThread(slots.get(i), settings, i, slots.size(), produces, run);
                running.add(threads.submit(thread));
            }
            for (Future<StageTimes> thread : running) {
                all.addAll(thread.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return run.meter().measured(all, all.networkCpuMillis(), null);
    }

    @Override
    public void close() {
        slots.forEach(LoopSlot::close);
    }
}
