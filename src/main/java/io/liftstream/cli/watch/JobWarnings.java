package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What an operator must hear at once: from one sample of a job to the next. */
final class JobWarnings {
    private final String maxAge;
    private final String checkpoints;
    private final BooleanSupplier diskIsFull;
    private long failedCheckpoints;
    private long lastFailedCheckpoint;
    private long completedCheckpoints;
    private long failedInARow;
    private long restarts;
    private boolean restarting;
    private boolean owesReason;
    private boolean toldOfShedding;

    /**
     * @param maxAge the option live.max-age
     * @param checkpoints folder or bucket
     * @param diskIsFull whether the disk that they go to is
     */
    JobWarnings(Duration maxAge, String checkpoints, BooleanSupplier diskIsFull) {
        this.checkpoints = checkpoints;
        this.diskIsFull = diskIsFull;
        this.maxAge = DurationText.of(maxAge);
    }

    /** One line for each thing that has gone wrong since the last sample, or right again. */
    List<String> of(JobSample now) {
        List<String> warnings = new ArrayList<>();
        checkpoints(now.checkpoints(), warnings);
        restarts(now, warnings);
        return warnings;
    }

    private void checkpoints(JobSample.CheckpointCounts now, List<String> warnings) {
        boolean completed = now.completed() > completedCheckpoints;
        if (now.lastFailed() != lastFailedCheckpoint) {
            failedInARow = (completed ? 0 : failedInARow) + now.failed() - failedCheckpoints;
            warnings.add(
                    "a checkpoint failed ("
                            + failedInARow
                            + " in a row): "
                            + now.failure()
                            + ". Checkpoints go to "
                            + checkpoints
                            + (diskIsFull.getAsBoolean() ? ", whose disk is full" : "")
                            + "; a restart goes back to the last one that was completed");
        } else if (completed && failedInARow > 0) {
            warnings.add("checkpoints succeed again, after " + failedInARow + " that failed");
            failedInARow = 0;
        }
        failedCheckpoints = now.failed();
        lastFailedCheckpoint = now.lastFailed();
        completedCheckpoints = now.completed();
    }

    private void restarts(JobSample now, List<String> warnings) {
        boolean restartsNow = now.state().equals("RESTARTING") || now.state().equals("FAILING");
        boolean further = now.restarts() > restarts || (restartsNow && !restarting);
        boolean begins = further && !(restarting && now.restarts() == restarts + 1);
        owesReason |= begins;
        // Flink tells the reason a little after the state.
        if (owesReason && (now.failure() != null || now.isRunning())) {
            owesReason = false;
            warnings.add(
                    "the job failed and is started again"
                            + (now.failure() == null ? "" : ": " + now.failure()));
        }
        if (!begins && restarting && now.isRunning()) {
            warnings.add("the job runs again; frames since the last checkpoint are lifted again");
        }
        restarts = now.restarts();
        restarting = restartsNow;
    }

    /**
     * What a line of counts alone would not explain; told once until a frame is lifted.
     *
     * @param counts since the last line
     */
    List<String> of(FrameCounts counts) {
        long shed = counts.rejected(RejectionReason.SHED);
        toldOfShedding &= counts.lifted() == 0;
        if (shed == 0 || counts.lifted() > 0 || toldOfShedding) {
            return List.of();
        }
        toldOfShedding = true;
        return List.of(
                "no frame is lifted, and all that come are shed: they were on the topic for longer"
                        + " than live.max-age ("
                        + maxAge
                        + "), published before the job started or faster than it lifts."
                        + " --live.max-age=0s lifts frames of any age; replay lifts a recording");
    }
}
