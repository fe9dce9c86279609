package io.liftstream.job;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.kafka.KafkaConnectors;
import io.liftstream.kafka.LiveTiming;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.wire.EncodedResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job: {@code LiftstreamJob [CONFIG.yaml] [--key value ...]}. Everything that can be checked is
 * checked before Flink is given the graph.
 */
public final class LiftstreamJob {
    private static final Logger LOG = LoggerFactory.getLogger(LiftstreamJob.class);

    /** Where neither the job nor the cluster names one. */
    private static final long CHECKPOINT_INTERVAL_MILLIS = 10_000;

    private LiftstreamJob() {}

    /**
     * Submits the job to the Flink that runs this method.
     *
     * @param args a configuration's file name, if any, then {@code --key value} overrides
     * @throws InvalidConfigurationException with every problem found
     * @throws Exception where Flink refuses the job, or the job fails
     */
    public static void main(String[] args) throws Exception {
        run(JobSettingsReader.read(configuration(Arrays.asList(args))));
    }

    /**
     * As {@link #main}, with settings that are read already.
     *
     * @param settings of the job
     * @throws InvalidConfigurationException with every problem found
     * @throws Exception where Flink refuses the job, or the job fails
     */
    public static void run(JobSettings settings) throws Exception {
        StreamExecutionEnvironment env = environment(settings);
        define(env, settings);
        env.execute(settings.name());
    }

    /**
     * Checks everything that {@link #main} checks, and starts nothing.
     *
     * @param settings of the job
     * @throws InvalidConfigurationException with every problem found
     */
    public static void rehearse(JobSettings settings) {
        checked(environment(settings), settings);
    }

    private static StreamExecutionEnvironment environment(JobSettings settings) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(flinkConfiguration(settings));
        requireCheckpointStorage(env);
        return env;
    }

    /**
     * {@return the configuration of command-line words: a file's name first, if any, then
     * overrides}
     *
     * @param words a YAML file's name, if any, then {@code --key value} overrides
     */
    public static Configuration configuration(List<String> words) {
        boolean hasFile = !words.isEmpty() && !words.get(0).startsWith("--");
        return ConfigurationLoader.load(
                hasFile ? Path.of(words.get(0)) : null,
                words.subList(hasFile ? 1 : 0, words.size()));
    }

    /**
     * Adds the job to an environment after asking the brokers whether they can serve it.
     *
     * @param env the environment
     * @param configured settings of the job
     * @throws InvalidConfigurationException where they cannot
     */
    public static void define(StreamExecutionEnvironment env, JobSettings configured) {
        JobSettings settings = checked(env, configured);
        KafkaConnectors kafka = new KafkaConnectors(settings.kafka());
        Source<ReceivedFrame, ?, ?> frames = frames(kafka, settings);
        KafkaSink<EncodedResult> results = kafka.results(settings.depthTopic(), settings.sink());
        KafkaSink<FrameRejection> rejections =
                kafka.rejections(
                        settings.rejectedTopic(), settings.sink(), settings.maxOriginalBytes());
        DepthTopology.define(env, frames, results, rejections, settings.topology());
        LOG.info(
                "{} ({}) reads {}, writes {} and {}",
                settings.name(),
                settings.mode(),
                settings.framesTopic(),
                settings.depthTopic(),
                settings.rejectedTopic());
    }

    private static Source<ReceivedFrame, ?, ?> frames(KafkaConnectors kafka, JobSettings settings) {
        if (settings.mode() == JobMode.LIVE) {
            return kafka.liveFrames(settings.framesTopic(), settings.start(), timing(settings));
        }
        return settings.listed() == null
                ? kafka.recordedFrames(settings.framesTopic(), settings.start(), settings.end())
                : kafka.listedFrames(settings.listed());
    }

    /** Older frames would be shed one by one. The time is fixed here, whatever restarts follow. */
    private static LiveTiming timing(JobSettings settings) {
        long maxAgeMillis = settings.topology().estimate().maxAgeMillis();
        Instant firstStart = maxAgeMillis == 0 ? null : Instant.now().minusMillis(maxAgeMillis);
        return new LiveTiming(firstStart, settings.topology().sequencing().longestWait());
    }

    private static JobSettings checked(StreamExecutionEnvironment env, JobSettings settings) {
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            env.enableCheckpointing(CHECKPOINT_INTERVAL_MILLIS);
        }
        requireLongTransactions(env, settings);
        return checkedAgainstBrokers(settings);
    }

    /**
     * {@return what Flink must be told for this job, under the operator's own {@code flink.}
     * options}
     *
     * @param settings of the job
     */
    public static Configuration flinkConfiguration(JobSettings settings) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.addAll(Configuration.fromMap(settings.flink()));
        return flink;
    }

    private static JobSettings checkedAgainstBrokers(JobSettings settings) {
        List<String> problems = new ArrayList<>();
        boolean guard = settings.topology().clockGuardMillis() > 0;
        try (TopicChecks checks = new TopicChecks(settings.kafka())) {
            problems.addAll(
                    checks.problems(
                            Map.of(
                                    settings.framesTopic(),
                                    0,
                                    settings.depthTopic(),
                                    settings.topology().estimate().format().maxBytes(),
                                    settings.rejectedTopic(),
                                    settings.maxOriginalBytes())));
            problems.addAll(
                    checks.unnamedPartitions(
                            settings.framesTopic(), settings.start(), settings.end()));
            if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
                checkTransactionTimeout(settings, checks.maxTransactionTimeout(), problems);
            }
            if (guard && problems.isEmpty() && !checks.hasLogAppendTime(settings.framesTopic())) {
                guard = false;
                LOG.warn(
                        "Topic {} has message.timestamp.type CreateTime: cameras with clocks that"
                                + " are ahead cannot be told, and ages are by the producers' clocks;"
                                + " set LogAppendTime",
                        settings.framesTopic());
            }
        } catch (IllegalStateException e) {
            problems.add(e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return guard ? settings : settings.withoutClockGuard();
    }

    /** The cluster's own configuration counts, so this is asked of the environment. */
    private static void requireLongTransactions(
            StreamExecutionEnvironment env, JobSettings settings) {
        Duration needed =
                env.getConfiguration()
                        .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)
                        .plus(settings.sink().restartBudget())
                        .multipliedBy(2);
        Duration timeout = settings.sink().transactionTimeout();
        if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE
                && timeout.compareTo(needed) < 0) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option sink.transaction-timeout is "
                                    + timeout.toSeconds()
                                    + " s: it must be at least "
                                    + needed.toSeconds()
                                    + " s, twice execution.checkpointing.timeout plus"
                                    + " sink.restart-budget"));
        }
    }

    private static void checkTransactionTimeout(
            JobSettings settings, Duration allowed, List<String> problems) {
        Duration wanted = settings.sink().transactionTimeout();
        if (wanted.compareTo(allowed) > 0) {
            problems.add(
                    "option sink.transaction-timeout is "
                            + wanted.toSeconds()
                            + " s: the broker's transaction.max.timeout.ms allows "
                            + allowed.toSeconds()
                            + " s");
        }
    }

    private static void requireCheckpointStorage(StreamExecutionEnvironment env) {
        boolean set =
                env.getConfiguration() instanceof Configuration configuration
                        && configuration.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (!set) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option flink.execution.checkpointing.dir is missing: name a folder or"
                                    + " bucket that every task manager reaches; the JobManager's heap"
                                    + " holds too little"));
        }
    }
}
