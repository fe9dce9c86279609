package io.liftstream.cli.view;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Cameras that send until they are closed, and the job that lifts what they send. */
final class LiveCameras implements AutoCloseable {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int MOVEMENTS = 40;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RenderedFleet fleet;
    private final FramePublisher publisher;
    private final RunningJob job;
    private final int cameras;
    private final long intervalNanos;
    private final Thread thread = new Thread(this::publish, "cameras");
    private volatile boolean closed;

    /** Starts cameras that send so many frames a second, each. */
    LiveCameras(EmbeddedBroker broker, JobTopics topics, Path folder, int cameras, double fps)
            throws Exception {
        this.cameras = cameras;
        this.intervalNanos = (long) (NANOS_PER_SECOND / fps);
        fleet = new RenderedFleet(cameras, WIDTH, HEIGHT, 0, intervalNanos);
        publisher = new FramePublisher(broker, topics.frames());
        job = RunningJob.live(broker, topics, folder, 1, List.of("--live.max-age", "20 s"));
        thread.setDaemon(true);
        thread.start();
    }

    private void publish() {
        byte[][][] pictures = new byte[cameras][MOVEMENTS][];
        for (int camera = 0; camera < cameras; camera++) {
            for (int i = 0; i < MOVEMENTS; i++) {
                pictures[camera][i] = fleet.jpeg(camera, 2 * i);
            }
        }
        for (int sequence = 0; !closed; sequence++) {
            for (int camera = 0; camera < cameras; camera++) {
                int there = sequence / MOVEMENTS % 2;
                int place = sequence % MOVEMENTS;
                send(
                        camera,
                        sequence,
                        pictures[camera][there == 0 ? place : MOVEMENTS - 1 - place]);
            }
            if (sequence % 10 == 9) {
                send(0, sequence, "no picture".getBytes(StandardCharsets.UTF_8));
            }
            publisher.flush();
            LockSupport.parkNanos(intervalNanos);
        }
    }

    private void send(int camera, int sequence, byte[] picture) {
        Instant now = Instant.now();
        String id = RenderedFleet.cameraId(camera);
        publisher.publish(
                id,
                FrameEncoder.encode(
                        id,
                        now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(),
                        sequence,
                        picture,
                        fleet.intrinsics(camera)));
    }

    @Override
    public void close() throws Exception {
        closed = true;
        thread.join();
        publisher.close();
        job.close();
    }
}
