package io.liftstream.cli.watch;

import io.liftstream.job.OperatorIds;
import java.time.Instant;
import java.util.Map;

/** Samples of a job, each with what one test is about. */
final class Samples {
    private static final JobSample.CheckpointCounts NO_CHECKPOINTS =
            new JobSample.CheckpointCounts(0, 0, 0, null, null, null);

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
                Map.of(),
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
                Map.of(),
                new JobSample.CheckpointCounts(
                        completed, failed, lastFailed, "the disk is full", null, null));
    }

    static JobSample ofState(String state, long restarts, String failure) {
        return new JobSample(state, restarts, failure, null, 0, 0, 0, Map.of(), NO_CHECKPOINTS);
    }

    static JobSample ofCommits(OperatorIds sink, long tried, long failed, Instant lastState) {
        return new JobSample(
                "RUNNING",
                0,
                null,
                null,
                0,
                0,
                0,
                Map.of(sink, new SinkCommits(tried, failed)),
                new JobSample.CheckpointCounts(0, 0, 0, null, null, lastState));
    }
}
