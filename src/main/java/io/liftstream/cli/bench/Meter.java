package io.liftstream.cli.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the frames of one run, and looks at the process where the steady middle of it begins and
 * ends: after the first fifth of the frames and before the last tenth. What comes before warms up,
 * and at the end the threads do not stop together. Safe for several threads.
 */
final class Meter {
    private static final double BEGIN = 0.2;
    private static final double END = 0.9;

    private final int begin;
    private final int end;
    private final ProcessUse start = ProcessUse.now();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();

    private volatile ProcessUse atFirst;
    private volatile ProcessUse atBegin;
    private volatile ProcessUse atEnd;

    /**
     * @param frames of the whole run
     */
    Meter(int frames) {
        begin = Math.max(1, (int) (BEGIN * frames));
        end = Math.max(begin + 1, (int) (END * frames));
    }

    void read(long bytes) {
        bytesIn.addAndGet(bytes);
    }

    /** One frame is lifted. */
    void done(long resultBytes) {
        bytesOut.addAndGet(resultBytes);
        int frames = done.incrementAndGet();
        if (frames == 1) {
            atFirst = ProcessUse.now();
        }
        if (frames == begin) {
            atBegin = ProcessUse.now();
        } else if (frames == end) {
            atEnd = ProcessUse.now();
        }
    }

    /** One frame was refused. */
    void rejected() {
        rejected.incrementAndGet();
    }

    /**
     * What was measured.
     *
     * @param stages mean milliseconds a frame of each stage
     * @param networkCpuMillis processor time of the network alone, a frame; null where not known
     * @param batchFrames mean number of frames of a batch; null where there are none
     * @throws IllegalStateException where frames were rejected, or are missing
     */
    Measurement measured(StageTimes stages, Double networkCpuMillis, Double batchFrames) {
        if (rejected.get() > 0 || atEnd == null) {
            throw new IllegalStateException(
                    done.get() + " frames were lifted and " + rejected.get() + " rejected");
        }
        double frames = end - begin;
        return new Measurement(
                frames,
                1e-9 * (atEnd.nanos() - atBegin.nanos()),
                1e-6 * (atEnd.cpuNanos() - atBegin.cpuNanos()) / frames,
                1e-6
                        * (atEnd.machine().collectorNanos() - atBegin.machine().collectorNanos())
                        / frames,
                1e-6
                        * (atEnd.machine().compilerNanos() - atBegin.machine().compilerNanos())
                        / frames,
                (atEnd.allocatedBytes() - atBegin.allocatedBytes()) / frames,
                networkCpuMillis,
                stages.meanMillis(),
                batchFrames,
                (double) bytesIn.get() / done.get(),
                (double) bytesOut.get() / done.get(),
                1e-9 * (atFirst.nanos() - start.nanos()),
                1e-9 * (atFirst.cpuNanos() - start.cpuNanos()),
                ProcessUse.peakMemoryBytes());
    }
}
