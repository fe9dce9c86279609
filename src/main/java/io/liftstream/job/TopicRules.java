package io.liftstream.job;

import static io.liftstream.kafka.TopicSettings.CLEANUP_POLICY;
import static io.liftstream.kafka.TopicSettings.COMPRESSION_TYPE;
import static io.liftstream.kafka.TopicSettings.MAX_MESSAGE_BYTES;
import static io.liftstream.kafka.TopicSettings.RETENTION_MILLIS;
import static io.liftstream.kafka.TopicSettings.TIMESTAMP_TYPE;

import io.liftstream.kafka.KafkaConnectors;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.kafka.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the three topics of a job must have and should have. The job's start, {@code topics check}
 * and {@code topics create} all go by these.
 */
public final class TopicRules {

    /** How long frames and results are kept where nothing else is said. */
    public static final Duration RETENTION = Duration.ofHours(24);

    /** Rejections are small, and are looked at days later. */
    private static final Duration REJECTED_RETENTION = Duration.ofDays(7);

    /** Room for large pictures on the frames topic; the others have it too. */
    private static final int ORDINARY_MESSAGE_BYTES = 16 << 20;

    private final JobSettings settings;
    private final Duration maxAge;
    private final Duration positionTtl;

    /**
     * The rules for the topics of one job.
     *
     * @param settings of the job
     */
    public TopicRules(JobSettings settings) {
        this.settings = settings;
        this.maxAge = Duration.ofMillis(settings.topology().maxAgeMillis());
        this.positionTtl = Duration.ofMillis(settings.topology().sequencing().positionTtlMillis());
    }

    /** {@return the names of the topics: frames, depth, rejected} */
    public List<String> topics() {
        return List.of(settings.framesTopic(), settings.depthTopic(), settings.rejectedTopic());
    }

    /**
     * {@return the settings that the three topics are created with}
     *
     * @param retention of frames and results; rejections are kept for a week at least
     */
    public List<TopicSettings> plan(Duration retention) {
        Map<String, String> frames = planned(settings.framesTopic(), retention);
        frames.put(TIMESTAMP_TYPE, "LogAppendTime");
        frames.put(COMPRESSION_TYPE, "uncompressed");
        Duration rejected =
                retention.compareTo(REJECTED_RETENTION) < 0 ? REJECTED_RETENTION : retention;
        return List.of(
                new TopicSettings(settings.framesTopic(), frames),
                new TopicSettings(settings.depthTopic(), planned(settings.depthTopic(), retention)),
                new TopicSettings(
                        settings.rejectedTopic(), planned(settings.rejectedTopic(), rejected)));
    }

    private Map<String, String> planned(String topic, Duration retention) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(MAX_MESSAGE_BYTES, Integer.toString(plannedBytes(topic)));
        values.put(RETENTION_MILLIS, Long.toString(retention.toMillis()));
        values.put(CLEANUP_POLICY, "delete");
        return values;
    }

    private int plannedBytes(String topic) {
        return Math.max(ORDINARY_MESSAGE_BYTES, neededBytes(topic));
    }

    /** Of the largest value that the job may write there; 0 for the topic that it reads. */
    private int neededBytes(String topic) {
        if (topic.equals(settings.framesTopic())) {
            return 0;
        }
        int value =
                topic.equals(settings.depthTopic())
                        ? settings.topology().estimate().format().maxBytes()
                        : settings.topology().maxOriginalBytes();
        return value + KafkaConnectors.RECORD_OVERHEAD_BYTES;
    }

    /**
     * {@return what the topics lack}
     *
     * @param brokers are asked about them
     * @throws IllegalStateException where they do not answer
     */
    public List<TopicFault> faults(TopicChecks brokers) {
        List<TopicFault> faults = new ArrayList<>();
        for (String topic : topics()) {
            brokers.settings(topic)
                    .ifPresentOrElse(
                            found -> faults.addAll(faults(found)),
                            () -> faults.add(TopicFault.missing(topic, brokers.missing(topic))));
        }
        if (settings.calibrationTopic() != null) {
            for (String text : brokers.calibrationProblems(settings.calibrationTopic())) {
                faults.add(TopicFault.ofCalibrations(settings.calibrationTopic(), text));
            }
        }
        return faults;
    }

    /**
     * {@return what one of the three topics lacks with these settings}
     *
     * @param found all of its settings, or all that {@link #plan} has
     */
    public List<TopicFault> faults(TopicSettings found) {
        List<TopicFault> faults = new ArrayList<>();
        checkCompaction(found, faults);
        checkSize(found, faults);
        if (found.topic().equals(settings.framesTopic())) {
            checkTimes(found, faults);
            checkCompression(found, faults);
            found.retention()
                    .ifPresentOrElse(
                            retention -> checkRetention(found.topic(), retention, faults),
                            () -> checkUnlimitedRetention(found.topic(), faults));
        }
        return faults;
    }

    /** Records are keyed by camera, so that compaction would keep the last of each. */
    private static void checkCompaction(TopicSettings found, List<TopicFault> faults) {
        String policy = found.value(CLEANUP_POLICY);
        if (policy.contains("compact")) {
            faults.add(
                    TopicFault.refused(
                            found.topic(),
                            CLEANUP_POLICY,
                            "delete",
                            "topic "
                                    + found.topic()
                                    + " is compacted (cleanup.policy is "
                                    + policy
                                    + "), which would keep only the last record of each camera; set"
                                    + " it to delete"));
        }
    }

    private void checkSize(TopicSettings found, List<TopicFault> faults) {
        int needed = neededBytes(found.topic());
        if (found.maxMessageBytes() < needed) {
            faults.add(
                    TopicFault.refused(
                            found.topic(),
                            MAX_MESSAGE_BYTES,
                            Integer.toString(plannedBytes(found.topic())),
                            "topic "
                                    + found.topic()
                                    + " takes messages of at most "
                                    + found.maxMessageBytes()
                                    + " bytes (max.message.bytes), but the job may write "
                                    + needed
                                    + " bytes there ("
                                    + optionOfSize(found.topic())
                                    + "); raise it to "
                                    + needed
                                    + " or more"));
        }
    }

    private String optionOfSize(String topic) {
        return (topic.equals(settings.depthTopic())
                        ? ResultOptions.RESULT_MAX_BYTES
                        : ResultOptions.REJECTED_MAX_ORIGINAL_BYTES)
                .key();
    }

    /** Each record says whose time it bears, and is judged by the broker's alone. */
    private static void checkTimes(TopicSettings found, List<TopicFault> faults) {
        String type = found.value(TIMESTAMP_TYPE);
        if (!type.equals("LogAppendTime")) {
            faults.add(
                    TopicFault.warned(
                            found.topic(),
                            TIMESTAMP_TYPE,
                            "LogAppendTime",
                            "topic "
                                    + found.topic()
                                    + " uses "
                                    + type
                                    + " (message.timestamp.type), so frames from a camera whose clock"
                                    + " is ahead are not refused (BAD_CLOCK) and old frames are not"
                                    + " dropped (SHED); set it to LogAppendTime"));
        }
    }

    private static void checkCompression(TopicSettings found, List<TopicFault> faults) {
        String type = found.value(COMPRESSION_TYPE);
        if (!type.equals("uncompressed")) {
            faults.add(
                    TopicFault.warned(
                            found.topic(),
                            COMPRESSION_TYPE,
                            "uncompressed",
                            "topic "
                                    + found.topic()
                                    + " takes compressed records (compression.type is "
                                    + type
                                    + "), of which a small one can unpack to more than a task"
                                    + " manager's memory, again after each restart; to have the"
                                    + " broker refuse such records, set it to uncompressed"));
        }
    }

    private void checkRetention(String topic, Duration retention, List<TopicFault> faults) {
        if (!maxAge.isZero() && retention.compareTo(maxAge) <= 0) {
            Duration longer = maxAge.compareTo(RETENTION) < 0 ? RETENTION : maxAge.multipliedBy(2);
            faults.add(
                    TopicFault.refused(
                            topic,
                            RETENTION_MILLIS,
                            Long.toString(longer.toMillis()),
                            "topic "
                                    + topic
                                    + " keeps frames for "
                                    + OptionTypes.text(retention)
                                    + " (retention.ms), not longer than live.max-age, "
                                    + OptionTypes.text(maxAge)
                                    + ", so frames would be gone before they are lifted or shed;"
                                    + " set it to "
                                    + longer.toMillis()));
        }
        if (!positionTtl.isZero() && retention.compareTo(positionTtl) >= 0) {
            faults.add(
                    TopicFault.ofAnOption(
                            topic,
                            "topic "
                                    + topic
                                    + " keeps frames for "
                                    + OptionTypes.text(retention)
                                    + " (retention.ms), not shorter than ordering.position-ttl, "
                                    + OptionTypes.text(positionTtl)
                                    + ": a camera can be forgotten while its frames are still there,"
                                    + " and frames that it sends twice are lifted twice; set a longer"
                                    + " ordering.position-ttl"));
        }
    }

    private void checkUnlimitedRetention(String topic, List<TopicFault> faults) {
        if (!positionTtl.isZero()) {
            faults.add(
                    TopicFault.ofAnOption(
                            topic,
                            "topic "
                                    + topic
                                    + " keeps frames for ever (retention.ms), but a camera that is"
                                    + " silent for longer than ordering.position-ttl, "
                                    + OptionTypes.text(positionTtl)
                                    + ", is forgotten, and frames that it sends twice are lifted"
                                    + " twice; set ordering.position-ttl to 0 s"));
        }
    }
}
