package io.liftstream.testing;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records on a frames topic, good and bad. */
public final class FramePublisher implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Connects; {@link #close} sends what is left. */
    public FramePublisher(Broker broker, String topic) {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings());
        settings.put("max.request.size", 16 << 20);
        this.producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /**
     * Sends a record to the partition of its key.
     *
     * @param key null for none
     * @param value null for a tombstone
     */
    public void publish(String key, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(topic, keyBytes, value));
    }

    /**
     * Sends a record with a timestamp of its own, for a topic with CreateTime.
     *
     * @param timestampMillis milliseconds since 1970
     */
    public void publish(String key, byte[] value, long timestampMillis) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(topic, null, timestampMillis, keyBytes, value));
    }

    /** Sends a record with headers. */
    public void publish(String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach(
                (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        send(record);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, exception) -> failure.compareAndSet(null, exception));
    }

    /** Waits until everything is with the broker; throws the first failure. */
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("a record did not reach topic " + topic, failure.get());
        }
    }

    /** Waits as {@link #flush} does and disconnects. */
    @Override
    public void close() {
        try (producer) {
            flush();
        }
    }
}
