package io.liftstream.cli.replay;

import static io.liftstream.job.LiftstreamOptions.FLINK_PREFIX;

import io.liftstream.cli.job.JobCommand;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.job.LiftstreamOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;

/** The words of a bounded job that lifts recorded frames again, made from another job's. */
public final class ReplayWords {

    /** Flink's own default restarts for ever, and a command that cannot work must say so. */
    private static final List<String> FEW_RESTARTS =
            List.of(
                    "--flink.restart-strategy.type", "fixed-delay",
                    "--flink.restart-strategy.fixed-delay.attempts", "3",
                    "--flink.restart-strategy.fixed-delay.delay", "5 s");

    /**
     * Flink's 10 min need longer transactions than the brokers allow; conf/replay.yaml has this.
     */
    private static final List<String> SHORT_CHECKPOINTS =
            List.of("--flink.execution.checkpointing.timeout", "5 min");

    private final List<String> base;
    private final String outputTopic;
    private final Configuration given;

    /**
     * @param base words of the job whose frames are lifted again, its file first
     * @param outputTopic of the new results
     */
    public ReplayWords(List<String> base, String outputTopic) {
        this.base = List.copyOf(base);
        this.outputTopic = outputTopic;
        this.given = LiftstreamJob.configuration(base);
    }

    /** Whether the frames are those of a live job. */
    public boolean live() {
        return given.get(LiftstreamOptions.JOB_MODE) == JobMode.LIVE;
    }

    /** Whether the job given says where it starts. */
    public boolean saysWhereToStart() {
        return given.contains(LiftstreamOptions.SOURCE_START);
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
    public List<String> apart(String suffix) {
        String name = given.get(LiftstreamOptions.JOB_NAME) + suffix;
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name", name,
                                "--kafka.group-id", name,
                                "--sink.delivery-guarantee", "exactly-once"));
        if (!saysToFlink(CheckpointingOptions.CHECKPOINTING_TIMEOUT)) {
            words.addAll(SHORT_CHECKPOINTS);
        }
        return words;
    }

    private boolean saysToFlink(ConfigOption<?> option) {
        return given.containsKey(FLINK_PREFIX + option.key());
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
            String topic = given.get(theirs);
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
     * All words. The later of two for one key wins: what the user says goes after what is derived.
     *
     * @param derived what follows from the job given
     * @param overrides what the user says
     * @param decided what nobody may say otherwise
     */
    public List<String> all(List<String> derived, List<String> overrides, List<String> decided) {
        List<String> words = new ArrayList<>(base);
        words.addAll(JobCommand.LOCAL_FLINK);
        if (!saysToFlink(RestartStrategyOptions.RESTART_STRATEGY)) {
            words.addAll(FEW_RESTARTS);
        }
        words.addAll(List.of("--topics.rejected", rejectedTopic()));
        words.addAll(derived);
        words.addAll(overrides);
        words.addAll(List.of("--job.mode", "replay", "--topics.depth", outputTopic));
        words.addAll(decided);
        return words;
    }
}
