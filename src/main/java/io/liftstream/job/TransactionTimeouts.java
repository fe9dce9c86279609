package io.liftstream.job;

import io.liftstream.kafka.SinkSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How long a transaction of the sinks may stay open. The broker aborts one that is open for longer,
 * although Flink counts it as written: its results are lost while the job runs on.
 */
final class TransactionTimeouts {
    private TransactionTimeouts() {}

    /**
     * {@return one line, naming what is needed and why, where the job's own checkpoints and
     * restarts can take longer} The cluster's configuration counts, so the environment is asked.
     */
    static List<String> problems(StreamExecutionEnvironment env, SinkSettings sink) {
        Duration needed = needed(env, sink);
        return sink.transactionTimeout().compareTo(needed) >= 0
                ? List.of()
                : List.of(
                        "option sink.transaction-timeout is "
                                + text(sink.transactionTimeout())
                                + ": it must be at least "
                                + text(needed)
                                + ", which is "
                                + terms(env, sink)
                                + ". Lower one of these, such as flink.execution.checkpointing.timeout"
                                + " to 5 min; brokers refuse transactions of more than 15 min unless"
                                + " their transaction.max.timeout.ms says otherwise");
    }

    /**
     * A transaction opens with one checkpoint and is closed by the next, which begins an interval
     * and a pause later and may take its timeout; the commit then waits for its completion, and a
     * failure at any time adds a restart. Twice, since the restart can meet both checkpoints. Each
     * failed checkpoint that is tolerated puts the commit off by another one.
     */
    private static Duration needed(StreamExecutionEnvironment env, SinkSettings sink) {
        CheckpointConfig checkpoints = env.getCheckpointConfig();
        Duration interval = Duration.ofMillis(checkpoints.getCheckpointInterval());
        Duration timeout = timeout(env.getConfiguration());
        return interval.plus(pause(checkpoints))
                .plus(timeout.plus(sink.restartBudget()).multipliedBy(2))
                .plus(interval.plus(timeout).multipliedBy(tolerated(checkpoints)));
    }

    private static String terms(StreamExecutionEnvironment env, SinkSettings sink) {
        CheckpointConfig checkpoints = env.getCheckpointConfig();
        int tolerated = tolerated(checkpoints);
        return "execution.checkpointing.interval ("
                + text(Duration.ofMillis(checkpoints.getCheckpointInterval()))
                + ") plus execution.checkpointing.min-pause ("
                + text(pause(checkpoints))
                + ") plus twice the sum of execution.checkpointing.timeout ("
                + text(timeout(env.getConfiguration()))
                + ") and sink.restart-budget ("
                + text(sink.restartBudget())
                + ")"
                + (tolerated == 0
                        ? ""
                        : ", plus interval and timeout for each of the "
                                + tolerated
                                + " execution.checkpointing.tolerable-failed-checkpoints");
    }

    private static Duration timeout(ReadableConfig flink) {
        return flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    }

    private static Duration pause(CheckpointConfig checkpoints) {
        return Duration.ofMillis(checkpoints.getMinPauseBetweenCheckpoints());
    }

    private static int tolerated(CheckpointConfig checkpoints) {
        return Math.max(0, checkpoints.getTolerableCheckpointFailureNumber());
    }

    /** {@return one line where the brokers allow no transaction of this length} */
    static List<String> problems(SinkSettings sink, Duration allowed) {
        return sink.transactionTimeout().compareTo(allowed) <= 0
                ? List.of()
                : List.of(
                        "option sink.transaction-timeout is "
                                + text(sink.transactionTimeout())
                                + ": the broker's transaction.max.timeout.ms allows "
                                + text(allowed));
    }

    private static String text(Duration duration) {
        return OptionTypes.text(duration);
    }
}
