package io.liftstream.job;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/**
 * The command that gives the topics of a job what they lack, for the end of a message. It can be
 * typed as it stands, unless the brokers ask for more than their address: a password, for example,
 * is in the job's file and never printed.
 */
final class TopicCommand {
    private static final String CREATE = "liftstream topics create";

    private final JobSettings settings;

    /**
     * @param settings of the job
     */
    TopicCommand(JobSettings settings) {
        this.settings = settings;
    }

    /** {@return what creates the topics that are missing} */
    String creation() {
        return CREATE + arguments();
    }

    /** {@return what corrects the settings of those that exist} */
    String alteration() {
        return CREATE + " --alter" + arguments();
    }

    /** With an equals sign: a value behind a space would be taken for the file. */
    private String arguments() {
        return (settings.kafka().properties().isEmpty() ? "" : " CONFIG.yaml")
                + " --bootstrap-servers "
                + settings.kafka().bootstrapServers()
                + word(LiftstreamOptions.TOPICS_FRAMES, settings.framesTopic())
                + word(LiftstreamOptions.TOPICS_DEPTH, settings.depthTopic())
                + word(LiftstreamOptions.TOPICS_REJECTED, settings.rejectedTopic())
                + word(
                        ResultOptions.RESULT_MAX_BYTES,
                        new MemorySize(settings.topology().estimate().format().maxBytes()))
                + word(
                        ResultOptions.REJECTED_MAX_ORIGINAL_BYTES,
                        new MemorySize(settings.topology().maxOriginalBytes()))
                + maxAge(Duration.ofMillis(settings.topology().maxAgeMillis()));
    }

    /** Nothing is demanded of the retention where no frame is too old. */
    private static String maxAge(Duration maxAge) {
        return maxAge.isZero() ? "" : word(OrderingOptions.LIVE_MAX_AGE, maxAge);
    }

    private static <T> String word(ConfigOption<T> option, T value) {
        return value.equals(option.defaultValue())
                ? ""
                : " --" + option.key() + "=" + OptionTypes.text(value).replace(" ", "");
    }
}
