package io.liftstream.bench;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameEncoder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Four cameras of 640x480 pixels, whose pictures are rendered beforehand. */
final class ViewedFleet {
    private static final int CAMERAS = 4;
    private static final int DIFFERENT_FRAMES = 25;

    private final RenderedFleet fleet =
            new RenderedFleet(
                    CAMERAS,
                    640,
                    480,
                    1_700_000_000_000_000_000L,
                    TimeUnit.MILLISECONDS.toNanos(66));
    private final byte[][] pictures = new byte[CAMERAS * DIFFERENT_FRAMES][];
    private final EmbeddedBroker broker;
    private final String topic;
    private int published;

    ViewedFleet(EmbeddedBroker broker, JobTopics topics) {
        this.broker = broker;
        this.topic = topics.frames();
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = fleet.jpeg(i % CAMERAS, i / CAMERAS);
        }
    }

    /** Publishes the next frames at once. */
    void publish(int frames) {
        publish(frames, Integer.MAX_VALUE);
    }

    /** Publishes the next frames, so many a second in all. */
    void publish(int frames, int framesPerSecond) {
        long begin = System.nanoTime();
        try (FramePublisher publisher = new FramePublisher(broker, topic)) {
            for (int i = 0; i < frames; i++) {
                long due = begin + i * TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
                LockSupport.parkNanos(due - System.nanoTime());
                publishNext(publisher);
            }
        }
    }

    private void publishNext(FramePublisher publisher) {
        int camera = published % CAMERAS;
        int sequence = published / CAMERAS;
        publisher.publish(
                RenderedFleet.cameraId(camera),
                FrameEncoder.encode(
                        RenderedFleet.cameraId(camera),
                        fleet.captureTimeNanos(sequence),
                        sequence,
                        pictures[published % pictures.length],
                        fleet.intrinsics(camera)));
        published++;
    }
}
