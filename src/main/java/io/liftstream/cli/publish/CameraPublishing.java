package io.liftstream.cli.publish;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.OrderlyEnd;
import io.liftstream.kafka.FrameProducer;
import io.liftstream.kafka.KafkaSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A live camera's way to the frames topic, until Ctrl-C; in a dry run, until its first frame.
 *
 * @param address of the camera
 * @param cameraId its id
 * @param kafka how to reach the brokers
 * @param limit of the frames topic
 * @param out gets what is done
 * @param err gets why nothing is
 */
record CameraPublishing(
        CameraAddress address,
        String cameraId,
        KafkaSettings kafka,
        FrameLimit limit,
        PrintWriter out,
        PrintWriter err) {
    private static final Duration CLOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Returns the exit code. */
    int run(boolean dryRun) throws Exception {
        address.requireThere();
        AtomicBoolean seen = new AtomicBoolean();
        try (OrderlyEnd end = new OrderlyEnd()) {
            LivePublisher publisher =
                    new LivePublisher(
                            address,
                            cameraId,
                            CLOCK_TIMEOUT,
                            out,
                            () -> end.isAsked() || seen.get(),
                            pause -> await(pause, end));
            if (dryRun) {
                publisher.run(
                        (frame, image) -> {
                            limit.require(frameName(), image.length);
                            seen.set(true);
                            return true;
                        });
            } else if (!published(publisher)) {
                return ExitCode.FAILED;
            }
            report(publisher, dryRun);
            return publisher.tooLarge() == 0 ? ExitCode.OK : ExitCode.FAILED;
        } catch (CameraUnreachableException e) {
            err.println(e.getMessage() + ": " + e.advice());
            return ExitCode.USAGE;
        }
    }

    private String frameName() {
        return "a frame of " + address;
    }

    /** Whether the brokers took everything. */
    private boolean published(LivePublisher publisher) throws Exception {
        String servers = kafka.bootstrapServers();
        try (FrameProducer producer = new FrameProducer(kafka, limit.topic());
                DeliveryWatch watch = DeliveryWatch.start(producer, servers, err)) {
            try {
                publisher.run((frame, image) -> isSent(frame, image, producer, publisher));
                producer.flush();
                return true;
            } catch (Exception e) {
                if (producer.sent() == 0) {
                    throw e;
                }
                producer.close();
                err.printf(
                        Locale.ROOT,
                        "%d frames of %s are on the topic, then no more: %s; when that is mended, start"
                                + " publish again%n",
                        producer.acknowledged(),
                        cameraId,
                        RecordingCutException.fault(servers, e));
                return false;
            }
        }
    }

    /**
     * The first frame shows whether the topic suits the camera. A later one that is too large, as
     * those of a camera are when its picture is rich, must not end it.
     */
    private boolean isSent(
            byte[] frame, byte[] image, FrameProducer producer, LivePublisher publisher)
            throws Exception {
        if (producer.sent() == 0) {
            limit.require(frameName(), image.length);
        }
        Optional<String> fault = limit.fault(frameName(), image.length);
        if (fault.isEmpty()) {
            producer.send(cameraId, frame);
        } else if (publisher.tooLarge() == 0) {
            err.println(fault.get() + "; frames that are too large are left out and counted");
            err.flush();
        }
        return fault.isEmpty();
    }

    private void report(LivePublisher publisher, boolean dryRun) {
        out.println(
                publisher.summary()
                        + (dryRun ? "; all would be published to " : "; published to ")
                        + limit.topic()
                        + " on "
                        + kafka.bootstrapServers()
                        + ".");
    }

    private static void await(Duration pause, OrderlyEnd end) {
        long due = System.nanoTime() + pause.toNanos();
        while (!end.isAsked() && due - System.nanoTime() > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
