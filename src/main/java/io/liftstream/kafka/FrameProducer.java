package io.liftstream.kafka;

import io.liftstream.frame.Intrinsics;
import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts frames on a frames topic, keyed by camera. The first failure is thrown by a later call:
 * where the brokers are away for 20 s, frames fail. Kafka's own limit of 2 min is too long here: a
 * recording can be published again, and a live job sheds frames of that age.
 */
public final class FrameProducer implements AutoCloseable {
    private static final String MAX_FRAME_BYTES = Integer.toString(16 << 20);

    /** How long the brokers may be away. */
    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final String REQUEST_TIMEOUT_MILLIS = "10000";

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();

    /**
     * Connects; {@link #close} sends what is left.
     *
     * @param settings of the Kafka cluster; what they say of a timeout is stronger
     * @param topic the frames topic
     */
    public FrameProducer(KafkaSettings settings, String topic) {
        String timeout = Long.toString(TIMEOUT.toMillis());
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_FRAME_BYTES);
        properties.putAll(settings.clientProperties());
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /**
     * Waits until the brokers have told of the topic, so that the first frame leaves at once.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException where they do not within {@code
     *     max.block.ms}
     */
    public void awaitTopic() {
        producer.partitionsFor(topic);
    }

    /**
     * Sends a frame that leaves it to the job's configuration what comes back.
     *
     * @param cameraId becomes the record's key
     * @param captureTimeNanos nanoseconds since 1970
     * @param sequence the camera's frame counter
     * @param image an encoded image
     * @param intrinsics the camera's, or null where they are not known
     * @throws Exception where an earlier record did not reach the broker
     */
    public void send(
            String cameraId,
            long captureTimeNanos,
            long sequence,
            byte[] image,
            Intrinsics intrinsics)
            throws Exception {
        send(
                cameraId,
                FrameEncoder.encode(cameraId, captureTimeNanos, sequence, image, intrinsics));
    }

    /**
     * Sends an encoded frame.
     *
     * @param cameraId becomes the record's key
     * @param value a {@code CameraFrame} message
     * @throws Exception where an earlier record did not reach the broker
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the first failure.
    public void send(String cameraId, byte[] value) throws Exception {
        sent.incrementAndGet();
        producer.send(
                new ProducerRecord<>(topic, cameraId.getBytes(StandardCharsets.UTF_8), value),
                (metadata, exception) -> {
                    if (exception == null) {
                        acknowledged.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, exception);
                    }
                });
        rethrow();
    }

    /** {@return how many frames were sent so far} */
    public long sent() {
        return sent.get();
    }

    /** {@return how many frames the brokers have so far} */
    public long acknowledged() {
        return acknowledged.get();
    }

    /**
     * Waits until the broker has everything.
     *
     * @throws Exception where a record did not reach the broker
     */
    public void flush() throws Exception {
        producer.flush();
        rethrow();
    }

    private void rethrow() throws Exception {
        Exception first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    /** Sends what is left; after a failure nothing more, which would only wait for the same. */
    @Override
    public void close() {
        if (failure.get() == null) {
            producer.close();
        } else {
            producer.close(Duration.ZERO);
        }
    }
}
