package io.liftstream.cli.demo;

import io.liftstream.kafka.FrameProducer;
import io.liftstream.kafka.KafkaSettings;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Publishes the fleet's frames at their pace, the cameras' turns spread over the frame interval.
 */
final class FramePublisher implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final FrameProducer producer;

    FramePublisher(KafkaSettings kafka, String topic) {
        producer = new FrameProducer(kafka, topic);
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
            producer.send(
                    frame.cameraId(),
                    now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(),
                    frame.sequence(),
                    frame.image(),
                    frame.intrinsics());
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
