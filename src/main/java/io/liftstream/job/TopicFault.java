package io.liftstream.job;

/**
 * Something that a topic of a job lacks.
 *
 * @param topic its name
 * @param refused whether the job does not start; otherwise it warns
 * @param text what is wrong, the value, and what would be right, in one line
 * @param setting Kafka's name of the setting that mends it; null where the topic does not exist, or
 *     where an option of the job mends it
 * @param value of that setting
 * @param missing whether the topic does not exist
 */
public record TopicFault(
        String topic, boolean refused, String text, String setting, String value, boolean missing) {

    /** A topic that does not exist. */
    static TopicFault missing(String topic, String text) {
        return new TopicFault(topic, true, text, null, null, true);
    }

    /** A setting with which the job does not start. */
    static TopicFault refused(String topic, String setting, String value, String text) {
        return new TopicFault(topic, true, text, setting, value, false);
    }

    /** A setting with which the job does less than it could. */
    static TopicFault warned(String topic, String setting, String value, String text) {
        return new TopicFault(topic, false, text, setting, value, false);
    }

    /** What is wrong with the calibration topic, which {@code calibration publish} makes. */
    static TopicFault ofCalibrations(String topic, String text) {
        return new TopicFault(topic, true, text, null, null, false);
    }

    /** What an option of the job mends. */
    static TopicFault ofAnOption(String topic, String text) {
        return new TopicFault(topic, false, text, null, null, false);
    }
}
