package io.liftstream.cluster;

import io.liftstream.frame.Provenance;
import io.liftstream.testing.Broker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Rendered cameras that publish in real time over a bad network: each frame is delayed by up to 300
 * ms, some come twice, some are late by seconds. While the broker is away, frames wait in the
 * producer.
 */
final class ChaosCameras implements AutoCloseable {
    static final int COUNT = 4;

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int PICTURES = 12;
    private static final long INTERVAL_NANOS = 500_000_000L;
    private static final int MAX_DELAY_MILLIS = 300;
    private static final double REPEATED = 0.03;
    private static final double LATE = 0.01;
    private static final int LATE_MILLIS = 2_500;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final List<List<byte[]>> pictures = new ArrayList<>();
    private final Map<String, Long> brokerTimes = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Random random;
    private final long startNanos = System.currentTimeMillis() * 1_000_000L;
    private int published;
    private int repeats;
    private int late;

    private ChaosCameras(Broker broker, String topic, Random random) {
        this.topic = topic;
        this.random = random;
        RenderedFleet fleet = new RenderedFleet(COUNT, WIDTH, HEIGHT, startNanos, INTERVAL_NANOS);
        for (int camera = 0; camera < COUNT; camera++) {
            List<byte[]> own = new ArrayList<>();
            for (int picture = 0; picture < PICTURES; picture++) {
                own.add(fleet.jpeg(camera, picture));
            }
            pictures.add(own);
        }
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers", broker.bootstrapServers(),
                                "max.block.ms", TIMEOUT.toMillis(),
                                "delivery.timeout.ms", (int) TIMEOUT.toMillis()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Renders the pictures and begins to publish. */
    static ChaosCameras publishTo(Broker broker, String topic, Random random) {
        ChaosCameras cameras = new ChaosCameras(broker, topic, random);
        for (int camera = 0; camera < COUNT; camera++) {
            cameras.begin(camera);
        }
        return cameras;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is kept.
    private void begin(int camera) {
        long[] sequence = {0};
        clock.scheduleAtFixedRate(
                () -> take(camera, sequence[0]++), 0, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    }

    /** A camera takes a picture; the network brings it sooner or later. */
    private void take(int camera, long sequence) {
        byte[] picture = pictures.get(camera).get((int) (sequence % PICTURES));
        String id = RenderedFleet.cameraId(camera);
        byte[] message =
                FrameEncoder.encode(
                        id, startNanos + sequence * INTERVAL_NANOS, sequence, picture, null);
        int delay = random.nextInt(MAX_DELAY_MILLIS);
        if (random.nextDouble() < LATE) {
            late++;
            delay += LATE_MILLIS;
        }
        publishAfter(delay, id, message);
        if (random.nextDouble() < REPEATED) {
            repeats++;
            publishAfter(delay + random.nextInt(2 * MAX_DELAY_MILLIS), id, message);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is kept.
    private void publishAfter(int delayMillis, String camera, byte[] message) {
        published++;
        clock.schedule(() -> publish(camera, message), delayMillis, TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
    private void publish(String camera, byte[] message) {
        producer.send(
                new ProducerRecord<>(topic, camera.getBytes(StandardCharsets.UTF_8), message),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                        return;
                    }
                    Provenance place =
                            new Provenance(topic, metadata.partition(), metadata.offset(), 0);
                    brokerTimes.put(FrameAccounting.placeOf(place), metadata.timestamp());
                });
    }

    /** The places of all frames that the broker has acknowledged, and when it took each. */
    Map<String, Long> brokerTimes() {
        return Map.copyOf(brokerTimes);
    }

    /** When the broker took a frame, milliseconds since 1970; 0 where it is not known yet. */
    long brokerTime(Provenance frame) {
        return brokerTimes.getOrDefault(FrameAccounting.placeOf(frame), 0L);
    }

    /** What was sent, once the cameras are closed. */
    String summary() {
        return "%d frames of %d cameras, %d of them repeated and %d late by 2.5 s"
                .formatted(published, COUNT, repeats, late);
    }

    /**
     * Stops taking pictures and waits until the broker has all.
     *
     * @throws AssertionError where it does not take one of them
     */
    @Override
    public void close() throws InterruptedException {
        try (producer) {
            clock.shutdown();
            if (!clock.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("frames still wait to be published after " + TIMEOUT);
            }
            producer.flush();
        }
        if (failure.get() != null || brokerTimes.size() != published) {
            throw new AssertionError(
                    brokerTimes.size() + " of " + published + " frames reached the broker",
                    failure.get());
        }
    }
}
