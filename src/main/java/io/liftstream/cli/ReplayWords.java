package io.liftstream.cli;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobMode;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.job.LiftstreamOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** The words of a bounded job that lifts recorded frames again, made from another job's. */
final class ReplayWords {
    private final List<String> base;
    private final String outputTopic;
    private final Configuration given;

    /**
     * @param base words of the job whose frames are lifted again, its file first
     * @param outputTopic of the new results
     */
    ReplayWords(List<String> base, String outputTopic) {
        this.base = List.copyOf(base);
        this.outputTopic = outputTopic;
        this.given = LiftstreamJob.configuration(base);
    }

    /** Whether the frames are those of a live job. */
    boolean live() {
        return given.get(LiftstreamOptions.JOB_MODE) == JobMode.LIVE;
    }

    /** Whether the job given says where it starts. */
    boolean saysWhereToStart() {
        return given.contains(LiftstreamOptions.SOURCE_START);
    }

    /**
     * The transactions, committed offsets and topics of the job given are none of the new one's
     * business.
     *
     * @param suffix of the new job's name
     * @throws InvalidConfigurationException where the output topic is that of the job given
     */
    List<String> apart(String suffix) {
        if (outputTopic.equals(given.get(LiftstreamOptions.TOPICS_DEPTH))) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option --output-topic is "
                                    + outputTopic
                                    + ": it must be a topic of the replay's own, not topics.depth of"
                                    + " the job whose frames are lifted again"));
        }
        String name = given.get(LiftstreamOptions.JOB_NAME) + suffix;
        return List.of(
                "--job.name", name,
                "--kafka.group-id", name,
                "--sink.delivery-guarantee", "exactly-once");
    }

    /**
     * All words. The later of two for one key wins: what the user says goes after what is derived.
     *
     * @param derived what follows from the job given
     * @param overrides what the user says
     * @param decided what nobody may say otherwise
     */
    List<String> all(List<String> derived, List<String> overrides, List<String> decided) {
        List<String> words = new ArrayList<>(base);
        words.addAll(JobCommand.LOCAL_FLINK);
        words.addAll(List.of("--topics.rejected", outputTopic + ".rejected"));
        words.addAll(derived);
        words.addAll(overrides);
        words.addAll(List.of("--job.mode", "replay", "--topics.depth", outputTopic));
        words.addAll(decided);
        return words;
    }
}
