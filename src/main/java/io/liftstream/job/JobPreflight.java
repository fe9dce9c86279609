package io.liftstream.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What is checked before Flink is given a job: the checkpoints, the transactions, the brokers. */
public final class JobPreflight {
    private JobPreflight() {}

    /**
     * Refuses a job that could not run.
     *
     * @param env of the job, which knows the cluster's configuration too
     * @param settings of the job
     * @throws InvalidConfigurationException with every problem found
     */
    public static void require(StreamExecutionEnvironment env, JobSettings settings) {
        List<String> problems = problems(env, settings);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /**
     * {@return why a job could not run, one line each}
     *
     * @param env of the job, which knows the cluster's configuration too
     * @param settings of the job
     */
    public static List<String> problems(StreamExecutionEnvironment env, JobSettings settings) {
        List<String> problems = new ArrayList<>(checkpointStorage(env));
        problems.addAll(FlinkContradictions.problems(env.getConfiguration()));
        if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
            problems.addAll(TransactionTimeouts.problems(env, settings.sink()));
        }
        problems.addAll(new BrokerChecks(settings).problems());
        return problems;
    }

    private static List<String> checkpointStorage(StreamExecutionEnvironment env) {
        boolean set =
                env.getConfiguration() instanceof Configuration configuration
                        && configuration.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        return set
                ? List.of()
                : List.of(
                        "option flink.execution.checkpointing.dir is missing: set it to a local"
                                + " folder, such as file:///var/lib/liftstream/checkpoints, or on a"
                                + " cluster to one that every TaskManager reaches, such as"
                                + " s3://bucket/checkpoints");
    }
}
