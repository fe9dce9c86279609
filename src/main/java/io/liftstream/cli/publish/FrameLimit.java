package io.liftstream.cli.publish;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicChecks;
import java.util.List;
import java.util.Optional;

/**
 * How large a frame the frames topic takes.
 *
 * @param topic its name
 * @param bytes of a batch of records, the topic's max.message.bytes
 */
record FrameLimit(String topic, int bytes) {
    /** Of the batch, the record and the message around an image; a camera id has at most 128. */
    private static final int OVERHEAD_BYTES = 512;

    /** The limit of a topic that nobody was asked about. */
    static FrameLimit unknown(String topic) {
        return new FrameLimit(topic, Integer.MAX_VALUE);
    }

    /**
     * Asks the brokers.
     *
     * @throws InvalidConfigurationException where they lack the topic
     * @throws IllegalStateException where they do not answer
     */
    static FrameLimit of(KafkaSettings kafka, String topic) {
        try (TopicChecks checks = new TopicChecks(kafka)) {
            return checks.settings(topic)
                    .map(found -> new FrameLimit(topic, found.maxMessageBytes()))
                    .orElseThrow(
                            () ->
                                    new InvalidConfigurationException(
                                            List.of(
                                                    checks.missing(topic)
                                                            + "; create it and the job's other topics with"
                                                            + " liftstream topics create CONFIG.yaml")));
        }
    }

    /**
     * Refuses an image that the broker would refuse; parameters as below.
     *
     * @throws InvalidConfigurationException with the fault
     */
    void require(String name, long imageBytes) {
        fault(name, imageBytes)
                .ifPresent(
                        fault -> {
                            throw new InvalidConfigurationException(List.of(fault));
                        });
    }

    /**
     * Why the broker would refuse an image; empty where it takes it.
     *
     * @param name of the image, for people
     * @param imageBytes its size
     */
    Optional<String> fault(String name, long imageBytes) {
        if (imageBytes + OVERHEAD_BYTES <= bytes) {
            return Optional.empty();
        }
        return Optional.of(
                name
                        + " has "
                        + imageBytes
                        + " bytes: topic "
                        + topic
                        + " takes messages of at most "
                        + bytes
                        + " (its max.message.bytes); raise that to "
                        + (imageBytes + OVERHEAD_BYTES)
                        + " or more, or publish smaller images");
    }
}
