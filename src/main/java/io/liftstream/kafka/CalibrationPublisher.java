package io.liftstream.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts calibrations on a calibration topic. */
public final class CalibrationPublisher {
    private final KafkaSettings settings;
    private final String topic;

    /**
     * @param settings of the Kafka cluster
     * @param topic the calibration topic
     */
    public CalibrationPublisher(KafkaSettings settings, String topic) {
        this.settings = settings;
        this.topic = topic;
    }

    /**
     * Creates the topic as a calibration topic has to be, unless it exists.
     *
     * @return whether it was created
     * @throws Exception where a broker refuses
     */
    public boolean createTopic() throws Exception {
        NewTopic wanted =
                new NewTopic(topic, Optional.of(1), Optional.empty())
                        .configs(TopicChecks.CALIBRATION_CONFIG);
        try (Admin admin = Admin.create(settings.clientProperties())) {
            admin.createTopics(List.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Publishes a calibration and waits until the broker has it.
     *
     * @param cameraId becomes the record's key
     * @param value a {@code CameraCalibration} message
     * @return its offset
     * @throws Exception where it did not reach the broker
     */
    public long publish(String cameraId, byte[] value) throws Exception {
        Properties properties = new Properties();
        properties.putAll(settings.clientProperties());
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = cameraId.getBytes(StandardCharsets.UTF_8);
            return producer.send(new ProducerRecord<>(topic, key, value)).get().offset();
        }
    }
}
