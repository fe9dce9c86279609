package io.liftstream.kafka;

import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How the job's producers send results of megabytes. */
public final class ProducerSettings {
    private static final long MIN_BUFFER_BYTES = 64L << 20;

    private ProducerSettings() {}

    /**
     * {@return the properties of a producer that takes any result}
     *
     * @param settings of the Kafka cluster; what they say of a property is stronger
     * @param maxRecordBytes size of the largest value that it will be given, bytes
     */
    public static Properties of(KafkaSettings settings, int maxRecordBytes) {
        Properties properties = new Properties();
        int requestBytes = maxRecordBytes + KafkaConnectors.RECORD_OVERHEAD_BYTES;
        properties.setProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(requestBytes));
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Long.toString(Math.max(MIN_BUFFER_BYTES, 2L * requestBytes)));
        // Floats, PNG and JPEG hardly compress: lz4 saved 2 % of a 6 MB result with a cloud, for
        // 4 ms of the task's own thread.
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.putAll(settings.clientProperties());
        return properties;
    }
}
