package io.liftstream.cli.replay;

import static io.liftstream.job.LiftstreamOptions.FLINK_PREFIX;

import io.liftstream.cli.job.LocalJob;
import io.liftstream.job.ConfigurationLayers;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.LiftstreamOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The configuration of a bounded job that lifts recorded frames again, made from another job's. */
public final class ReplayConfiguration {

    /** Flink's own default restarts for ever, and a command that cannot work must say so. */
    private static final JobOverrides FEW_RESTARTS =
            new JobOverrides()
                    .setFlink(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                    .setFlink(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3)
                    .setFlink(
                            RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                            Duration.ofSeconds(5));

    /**
     * Flink's 10 min need longer transactions than the brokers allow; conf/replay.yaml has this.
     */
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(5);

    private final ConfigurationLayers given;
    private final String outputTopic;

    /**
     * @param given of the job whose frames are lifted again
     * @param outputTopic of the new results
     */
    public ReplayConfiguration(ConfigurationLayers given, String outputTopic) {
        this.given = given;
        this.outputTopic = outputTopic;
    }

    /** Whether the frames are those of a live job. */
    public boolean live() {
        return given.file().get(LiftstreamOptions.JOB_MODE) == JobMode.LIVE;
    }

    /** Whether the job given says where it starts. */
    public boolean saysWhereToStart() {
        return given.file().contains(LiftstreamOptions.SOURCE_START);
    }

    /** Where rejections go unless the user says otherwise. */
    public String rejectedTopic() {
        return outputTopic + ".rejected";
    }

    /**
     * The transactions and committed offsets of the job given are none of the new one's business.
     *
     * @param suffix of the new job's name
     */
    public JobOverrides apart(String suffix) {
        String name = given.file().get(LiftstreamOptions.JOB_NAME) + suffix;
        JobOverrides apart =
                new JobOverrides()
                        .set(LiftstreamOptions.JOB_NAME, name)
                        .set(LiftstreamOptions.KAFKA_GROUP_ID, name)
                        .set(
                                LiftstreamOptions.SINK_DELIVERY_GUARANTEE,
                                DeliveryGuarantee.EXACTLY_ONCE);
        if (!saysToFlink(CheckpointingOptions.CHECKPOINTING_TIMEOUT)) {
            apart.setFlink(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
        }
        return apart;
    }

    private boolean saysToFlink(ConfigOption<?> option) {
        return given.file().containsKey(FLINK_PREFIX + option.key());
    }

    /**
     * The topics of the job given are none of the new one's business either.
     *
     * @param settings of the new job
     * @param rejectedOption the user's word for the topic of its rejections
     * @throws InvalidConfigurationException where it would write to one of them
     */
    public void requireTopicsApart(JobSettings settings, String rejectedOption) {
        List<String> problems = new ArrayList<>();
        for (ConfigOption<String> theirs :
                List.of(LiftstreamOptions.TOPICS_DEPTH, LiftstreamOptions.TOPICS_REJECTED)) {
            String topic = given.file().get(theirs);
            if (topic.equals(settings.depthTopic())) {
                problems.add(notItsOwn("--output-topic", topic, theirs));
            }
            if (topic.equals(settings.rejectedTopic())) {
                problems.add(notItsOwn(rejectedOption, topic, theirs));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private static String notItsOwn(String option, String topic, ConfigOption<String> theirs) {
        return "option "
                + option
                + " is "
                + topic
                + ": it must be a topic of the replay's own, not "
                + theirs.key()
                + " of the job whose frames are lifted again";
    }

    /**
     * The whole configuration; what the user says wins over what is derived.
     *
     * @param derived what follows from the job given
     * @param decided what nobody may say otherwise
     * @throws IOException where this machine has no port left for the web UI
     */
    public Configuration with(JobOverrides derived, JobOverrides decided) throws IOException {
        JobOverrides below = LocalJob.flinkOptions();
        if (!saysToFlink(RestartStrategyOptions.RESTART_STRATEGY)) {
            below.addAll(FEW_RESTARTS);
        }
        below.set(LiftstreamOptions.TOPICS_REJECTED, rejectedTopic()).addAll(derived);
        JobOverrides above =
                new JobOverrides()
                        .set(LiftstreamOptions.JOB_MODE, JobMode.REPLAY)
                        .set(LiftstreamOptions.TOPICS_DEPTH, outputTopic);
        return given.with(below, above.addAll(decided));
    }
}
