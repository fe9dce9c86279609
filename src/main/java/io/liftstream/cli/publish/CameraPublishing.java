package io.liftstream.cli.publish;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.OrderlyEnd;
import io.liftstream.kafka.FrameProducer;
import io.liftstream.kafka.KafkaSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

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
                publisher.run((frame, image) -> seen.set(fits(image)));
            } else if (!published(publisher)) {
                return ExitCode.FAILED;
            }
            report(publisher, dryRun);
            return ExitCode.OK;
        } catch (CameraUnreachableException e) {
            err.println(e.getMessage() + ": " + e.advice());
            return ExitCode.USAGE;
        }
    }

    private boolean fits(byte[] image) {
        limit.require("a frame of " + address, image.length);
        return true;
    }

    /** Whether the brokers took everything. */
    private boolean published(LivePublisher publisher) throws Exception {
        String servers = kafka.bootstrapServers();
        try (FrameProducer producer = new FrameProducer(kafka, limit.topic());
                DeliveryWatch watch = DeliveryWatch.start(producer, servers, err)) {
            try {
                publisher.run(
                        (frame, image) -> {
                            fits(image);
                            producer.send(cameraId, frame);
                        });
                producer.flush();
                return true;
            } catch (KafkaException e) {
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
