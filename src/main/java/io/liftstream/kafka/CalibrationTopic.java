package io.liftstream.kafka;

import io.liftstream.frame.CalibrationFeed;

/**
 * The calibration topic, read beside the frames.
 *
 * @param settings of the Kafka cluster
 * @param topic of one partition
 * @param end the offset at which reading ends for good, exclusive; {@link #NO_END} follows the
 *     topic
 */
public record CalibrationTopic(KafkaSettings settings, String topic, long end)
        implements CalibrationFeed.Opener {

    /** What is published later is read as well. */
    public static final long NO_END = Long.MAX_VALUE;

    /**
     * {@return the topic up to what is on it now}
     *
     * @param settings of the Kafka cluster
     * @param topic of one partition, which exists
     */
    public static CalibrationTopic asOfNow(KafkaSettings settings, String topic) {
        try (CalibrationReader reader = new CalibrationReader(settings, topic, NO_END)) {
            return new CalibrationTopic(settings, topic, reader.endOffset());
        }
    }

    @Override
    public CalibrationFeed open() {
        return new CalibrationReader(settings, topic, end);
    }
}
