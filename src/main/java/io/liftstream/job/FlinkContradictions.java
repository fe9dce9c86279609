package io.liftstream.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;

/** Options of Flink with which a job would run, and not do what it promises. */
final class FlinkContradictions {
    private final ReadableConfig flink;
    private final List<String> problems = new ArrayList<>();

    private FlinkContradictions(ReadableConfig flink) {
        this.flink = flink;
    }

    /**
     * {@return one line each, with key, value, and what would be right}
     *
     * @param flink the job's options and the cluster's
     */
    static List<String> problems(ReadableConfig flink) {
        FlinkContradictions checks = new FlinkContradictions(flink);
        checks.require(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE,
                "the order of each camera would count frames twice after a failure, also where"
                        + " sink.delivery-guarantee is at-least-once");
        checks.require(
                ExecutionOptions.RUNTIME_MODE,
                RuntimeExecutionMode.STREAMING,
                "a replay would be sorted by capture time, and differ from the live job");
        checks.require(
                CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
                true,
                "the last results of a replay would not be committed");
        return checks.problems;
    }

    private <T> void require(ConfigOption<T> option, T needed, String consequence) {
        T value = flink.get(option);
        if (!needed.equals(value)) {
            problems.add(
                    "option flink."
                            + option.key()
                            + " is "
                            + value
                            + ": it must be "
                            + needed
                            + ", or "
                            + consequence
                            + "; remove it");
        }
    }
}
