package io.liftstream.cli.job;

import io.liftstream.job.JobSettings;
import io.liftstream.job.LiftstreamJob;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Whether the Flink inside this process has a slot for each subtask; else the job waits for one.
 */
final class LocalSlots {
    private LocalSlots() {}

    /** {@return why it has not, in one line; nothing where Flink makes as many as the job needs} */
    static List<String> problems(JobSettings settings) {
        Configuration flink = Configuration.fromMap(settings.flink());
        int needed = LiftstreamJob.environment(settings).getParallelism();
        int slots =
                flink.getOptional(TaskManagerOptions.NUM_TASK_SLOTS)
                        .map(
                                each ->
                                        each
                                                * flink.get(
                                                        TaskManagerOptions
                                                                .MINI_CLUSTER_NUM_TASK_MANAGERS))
                        .orElse(needed);
        return slots >= needed
                ? List.of()
                : List.of(
                        "option flink."
                                + TaskManagerOptions.NUM_TASK_SLOTS.key()
                                + " is "
                                + flink.get(TaskManagerOptions.NUM_TASK_SLOTS)
                                + ": the job needs "
                                + needed
                                + " slots (flink.parallelism.default); leave the option out, and it"
                                + " gets them");
    }
}
