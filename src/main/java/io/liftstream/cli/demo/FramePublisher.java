package io.liftstream.cli.demo;

import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes the fleet's frames at their pace, the cameras' turns spread over the frame interval.
 */
final class FramePublisher implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    FramePublisher(String bootstrapServers, String topic) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        properties.setProperty("max.request.size", Integer.toString(16 << 20));
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /**
     * Publishes frames, the cameras in turn.
     *
     * @param frames how many over all cameras
     * @param fps frames a second of each camera
     * @param published is told each frame and the wall clock when it was handed over, milliseconds
     */
    void publish(
            FrameSupply supply,
            int cameras,
            int frames,
            double fps,
            BiConsumer<DemoFrame, Long> published)
            throws Exception {
        long interval = (long) (NANOS_PER_SECOND / fps / cameras);
        long begin = System.nanoTime();
        for (int i = 0; i < frames; i++) {
            DemoFrame frame = supply.frame(i % cameras, i / cameras);
            LockSupport.parkNanos(begin + i * interval - System.nanoTime());
            Instant now = Instant.now();
            published.accept(frame, now.toEpochMilli());
            send(frame, now);
            rethrow();
        }
        producer.flush();
        rethrow();
    }

    private void send(DemoFrame frame, Instant captured) {
        long nanos = captured.getEpochSecond() * NANOS_PER_SECOND + captured.getNano();
        byte[] value =
                FrameEncoder.encode(
                        frame.cameraId(),
                        nanos,
                        frame.sequence(),
                        frame.image(),
                        frame.intrinsics());
        producer.send(
                new ProducerRecord<>(
                        topic, frame.cameraId().getBytes(StandardCharsets.UTF_8), value),
                (metadata, exception) -> failure.compareAndSet(null, exception));
    }

    private void rethrow() throws Exception {
        Exception first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
