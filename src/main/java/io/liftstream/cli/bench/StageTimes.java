package io.liftstream.cli.bench;

import io.liftstream.lifting.LiftingStep;
import io.liftstream.lifting.StepListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sums up how long each stage took. Not thread-safe: one for each thread, added up at the end. */
final class StageTimes implements StepListener {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Sum> sums = new TreeMap<>();
    private long cpuOfLastStep = THREADS.getCurrentThreadCpuTime();
    private long networkCpuNanos;
    private int networkFrames;

    @Override
    public void done(LiftingStep step, int images, long nanos) {
        add(step.name().toLowerCase(Locale.ROOT), images, nanos);
        // The network's run begins where the step before it ends, on the same thread.
        long cpu = THREADS.getCurrentThreadCpuTime();
        if (step == LiftingStep.NETWORK) {
            networkCpuNanos += cpu - cpuOfLastStep;
            networkFrames += images;
        }
        cpuOfLastStep = cpu;
    }

    /** Adds what a stage took for these frames together. */
    void add(String stage, int frames, long nanos) {
        sums.merge(stage, new Sum(frames, nanos), Sum::plus);
    }

    /** Adds what another thread measured. */
    void addAll(StageTimes other) {
        other.sums.forEach((stage, sum) -> sums.merge(stage, sum, Sum::plus));
        networkCpuNanos += other.networkCpuNanos;
        networkFrames += other.networkFrames;
    }

    /** Milliseconds of processor time that the network took, a frame; null where it never ran. */
    Double networkCpuMillis() {
        return networkFrames == 0 ? null : 1e-6 * networkCpuNanos / networkFrames;
    }

    /** Milliseconds a frame by stage. */
    Map<String, Double> meanMillis() {
        Map<String, Double> means = new TreeMap<>();
        sums.forEach((stage, sum) -> means.put(stage, 1e-6 * sum.nanos / sum.frames));
        return means;
    }

    private record Sum(long frames, long nanos) {
        Sum plus(Sum other) {
            return new Sum(frames + other.frames, nanos + other.nanos);
        }
    }
}
