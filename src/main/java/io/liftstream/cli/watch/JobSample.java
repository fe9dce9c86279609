package io.liftstream.cli.watch;

import io.liftstream.job.OperatorIds;
import java.time.Instant;
import java.util.Map;

/**
 * What Flink says of a job at one time.
 *
 * @param state RUNNING, RESTARTING and so on
 * @param restarts of the whole job so far
 * @param failure why it last failed, in one line; null where it never did
 * @param counts since the tasks last started; null while they tell nothing
 * @param medianAgeMillis from the broker's time of a frame to its result, of the slowest subtask's
 *     last 1,000 frames; 0 where there is none
 * @param maxAgeMillis of the oldest of all subtasks' last 1,000 frames
 * @param waiting frames on the topic that the job has not read
 * @param commits of each sink; none where the job writes without transactions
 * @param checkpoints completed and failed so far
 */
record JobSample(
        String state,
        long restarts,
        String failure,
        FrameCounts counts,
        long medianAgeMillis,
        long maxAgeMillis,
        long waiting,
        Map<OperatorIds, SinkCommits> commits,
        CheckpointCounts checkpoints) {

    /**
     * The job's checkpoints since it was submitted.
     *
     * @param completed how many
     * @param failed how many, those included that could not begin because a task was not running
     * @param lastFailed id of the last one that began and failed; 0 where none has
     * @param failure why it failed; null where none has
     * @param path of the last completed one where it is kept, or null
     * @param lastState when the last completed one was triggered, or the job last restored,
     *     whatever is later; null where there was neither
     */
    record CheckpointCounts(
            long completed,
            long failed,
            long lastFailed,
            String failure,
            String path,
            Instant lastState) {}

    boolean isRunning() {
        return state.equals("RUNNING");
    }
}
