package io.liftstream.cli.watch;

/** Samples of a job, each with what one test is about. */
final class Samples {
    private static final JobSample.CheckpointCounts NO_CHECKPOINTS =
            new JobSample.CheckpointCounts(0, 0, 0, null, null);

    private Samples() {}

    static JobSample ofAges(long medianMillis, long maxMillis, long waiting) {
        return new JobSample(
                "RUNNING",
                0,
                null,
                FrameCounts.NONE,
                medianMillis,
                maxMillis,
                waiting,
                NO_CHECKPOINTS);
    }

    static JobSample ofCheckpoints(long completed, long failed, long lastFailed) {
        return new JobSample(
                "RUNNING",
                0,
                null,
                null,
                0,
                0,
                0,
                new JobSample.CheckpointCounts(
                        completed, failed, lastFailed, "the disk is full", null));
    }

    static JobSample ofState(String state, long restarts, String failure) {
        return new JobSample(state, restarts, failure, null, 0, 0, 0, NO_CHECKPOINTS);
    }
}
