package io.liftstream.cluster;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameEncoder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Honest cameras that each send five small frames a second, whatever else happens. */
final class SteadyCameras implements AutoCloseable {
    private static final int COUNT = 4;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final long INTERVAL_MILLIS = 200;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RenderedFleet fleet = new RenderedFleet(COUNT, WIDTH, HEIGHT, 0, 1);
    private final List<byte[]> pictures =
            IntStream.range(0, COUNT).mapToObj(camera -> fleet.jpeg(camera, 0)).toList();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final FramePublisher publisher;
    private final Future<?> sending;
    private int sequence;

    /** Begins to send. */
    SteadyCameras(EmbeddedBroker broker, JobTopics topics) {
        publisher = new FramePublisher(broker, topics.frames());
        sending =
                clock.scheduleAtFixedRate(this::publish, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Their ids, which are the keys of their results. */
    static Set<String> ids() {
        return IntStream.range(0, COUNT)
                .mapToObj(RenderedFleet::cameraId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A frame as one of them sends it. */
    byte[] frame() {
        return frame(0, 0);
    }

    private byte[] frame(int camera, int sequence) {
        return FrameEncoder.encode(
                RenderedFleet.cameraId(camera),
                System.currentTimeMillis() * NANOS_PER_MILLI,
                sequence,
                pictures.get(camera),
                fleet.intrinsics(camera));
    }

    private void publish() {
        for (int camera = 0; camera < COUNT; camera++) {
            publisher.publish(RenderedFleet.cameraId(camera), frame(camera, sequence));
        }
        sequence++;
    }

    /** Fails where they did not send to the end. */
    @Override
    public void close() throws Exception {
        boolean sentToTheEnd = !sending.isDone();
        clock.shutdownNow();
        clock.awaitTermination(1, TimeUnit.MINUTES);
        publisher.close();
        if (!sentToTheEnd) {
            sending.get();
        }
    }
}
