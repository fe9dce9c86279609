package io.liftstream.cli.watch;

/** Sums up what a job counts, although its counters begin anew whenever its tasks do. */
final class JobTotals {
    private FrameCounts total = FrameCounts.NONE;
    private FrameCounts last = FrameCounts.NONE;
    private FrameCounts told = FrameCounts.NONE;

    /** Takes what the job has counted since its tasks started. */
    void take(FrameCounts counts) {
        total = total.plus(counts.since(last));
        last = counts;
    }

    /** Since the watch began. */
    FrameCounts all() {
        return total;
    }

    /** Whether nothing was counted since {@link #sinceLastLine} was asked. */
    boolean isIdle() {
        return total.equals(told);
    }

    /** Since this was last asked. */
    FrameCounts sinceLastLine() {
        FrameCounts difference = total.since(told);
        told = total;
        return difference;
    }
}
