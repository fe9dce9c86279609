package io.liftstream.kafka;

import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How the job's producers send results of megabytes.
 *
 * <p>Kafka's defaults are made for records of a few hundred bytes. A record that is larger than
 * {@code batch.size} gets a buffer of its own, which is allocated, cleared and collected for it
 * alone; one that fits is copied into a buffer that is used again. And the JDK copies all that is
 * left of a heap buffer to native memory for each call that writes to a socket, so a result of 6 MB
 * through a socket that takes 128 kB at a time is copied 20 times.
 */
public final class ProducerSettings {
    private static final long MIN_BUFFER_BYTES = 64L << 20;

    /** A VGA picture's depth map and cloud fit; two of them do not. */
    private static final int POOLED_BATCH_BYTES = 8 << 20;

    /** The system's own size, which grows with what is sent, up to {@code net.ipv4.tcp_wmem}. */
    private static final String SYSTEMS_CHOICE = "-1";

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
        properties.setProperty(
                ProducerConfig.BATCH_SIZE_CONFIG,
                Integer.toString(Math.min(POOLED_BATCH_BYTES, requestBytes)));
        // A batch takes what comes while the one before is under way; waiting longer gains nothing.
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.setProperty(ProducerConfig.SEND_BUFFER_CONFIG, SYSTEMS_CHOICE);
        // Floats, PNG and JPEG hardly compress: lz4 saved 2 % of a 6 MB result with a cloud, for
        // 4 ms of the task's own thread.
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.putAll(settings.clientProperties());
        return properties;
    }
}
