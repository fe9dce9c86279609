package io.liftstream.cli.bench;

import io.liftstream.job.JobSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Runs the job live while frames come evenly at a given rate, and follows each from its publishing
 * until a consumer has its result. Before, each camera sends one frame and its result is waited
 * for; then the first fifth of the frames does not count either.
 */
final class LatencyTrial {
    private static final int NOT_COUNTED = 5;
    private static final long NANOS_PER_MICRO = 1000;

    private final Admin admin;
    private final Race race;
    private final Backlog fleet;
    private final BenchConfiguration configuration;
    private final WorkerRacer job;

    /**
     * @param race makes the results' topics
     * @param fleet whose frames are published
     * @param job its process
     */
    LatencyTrial(
            Admin admin,
            Race race,
            Backlog fleet,
            BenchConfiguration configuration,
            WorkerRacer job) {
        this.admin = admin;
        this.race = race;
        this.fleet = fleet;
        this.configuration = configuration;
        this.job = job;
    }

    /**
     * Publishes frames evenly.
     *
     * @param framesPerSecond how many
     * @param frames how many in all
     */
    Latency run(DeliveryGuarantee guarantee, double framesPerSecond, int frames) throws Exception {
        LiveOrder order = new LiveOrder(guarantee);
        Backlog live = fleet.on(order.framesTopic());
        live.createTopic(admin);
        race.create(order.depthTopic(), order.rejectedTopic());
        JobSettings settings = configuration.liveSettings(order);
        job.startLive(order);
        boolean committedOnly = guarantee == DeliveryGuarantee.EXACTLY_ONCE;
        try (ResultWatch results =
                        new ResultWatch(settings.kafka(), order.depthTopic(), committedOnly);
                KafkaProducer<byte[], byte[]> producer =
                        Backlog.producer(configuration.address())) {
            Publishing publishing = new Publishing(live, producer);
            publishing.everyCameraOnce();
            results.await(live.cameras());
            publishing.evenly(framesPerSecond, frames);
            producer.flush();
            results.await(live.cameras() + frames);
            return Latency.of(framesPerSecond, publishing.published, results.seen(), job.endLive());
        } finally {
            race.delete(order.depthTopic(), order.rejectedTopic());
        }
    }

    /** Sends the fleet's frames, one after the other. */
    private static final class Publishing {
        private final Backlog fleet;
        private final KafkaProducer<byte[], byte[]> producer;
        private final Map<FramePlace, Long> published = new ConcurrentHashMap<>();
        private int next;

        Publishing(Backlog fleet, KafkaProducer<byte[], byte[]> producer) {
            this.fleet = fleet;
            this.producer = producer;
        }

        void everyCameraOnce() {
            for (int i = 0; i < fleet.cameras(); i++) {
                send(false);
            }
        }

        void evenly(double framesPerSecond, int frames) {
            long start = System.nanoTime();
            for (int i = 0; i < frames; i++) {
                long due = start + (long) (i / framesPerSecond * TimeUnit.SECONDS.toNanos(1));
                for (long wait = due - System.nanoTime();
                        wait > 0;
                        wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                send(i >= frames / NOT_COUNTED);
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // A frame that is missing is waited for.
        private void send(boolean counts) {
            long now = LiveTimes.nowMicros();
            producer.send(
                    fleet.record(next++, now * NANOS_PER_MICRO),
                    (record, failure) -> {
                        if (failure == null && counts) {
                            published.put(new FramePlace(record.partition(), record.offset()), now);
                        }
                    });
        }
    }
}
