package io.liftstream.cli.publish;

import io.liftstream.kafka.FrameProducer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Says while frames are published that the brokers do not answer, and that they do again. */
final class DeliveryWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final FrameProducer producer;
    private final BrokerSilence silence;
    private final PrintWriter err;
    private final Thread thread = new Thread(this::watch, "delivery-watch");
    private volatile boolean closed;

    private DeliveryWatch(FrameProducer producer, String servers, PrintWriter err) {
        this.producer = producer;
        this.silence = new BrokerSilence(servers, System.nanoTime());
        this.err = err;
    }

    /**
     * Begins to watch.
     *
     * @param servers the brokers, as the user named them
     * @param err gets the lines
     */
    static DeliveryWatch start(FrameProducer producer, String servers, PrintWriter err) {
        DeliveryWatch watch = new DeliveryWatch(producer, servers, err);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        while (!closed) {
            silence.look(producer.sent(), producer.acknowledged(), System.nanoTime())
                    .ifPresent(
                            line -> {
                                err.println(line);
                                err.flush();
                            });
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
