package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.wire.RejectionCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code view} shows of a result topic: from now on, from a time on, committed alone. */
@Timeout(60)
class TopicFeedITCase {
    private static final Instant CAPTURED = Instant.parse("2020-01-31T08:00:00Z");
    private static final int STEP_MILLIS = 200;

    private static EmbeddedBroker broker;

    private NewestFrames frames;
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final StringWriter complaints = new StringWriter();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void fromATimeOnResultsComeAtThePaceOfCapture() throws Exception {
        JobTopics topics = topics("paced");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 4; i++) {
                send(producer, topics, "cam-" + i, i);
            }
        }

        try (Showing ignored = show(topics, Instant.EPOCH, false)) {
            await(4);
        }

        assertThat(shown).containsExactly("cam-0", "cam-1", "cam-2", "cam-3");
        long took = TimeUnit.NANOSECONDS.toMillis(times.get(3) - times.get(0));
        assertThat(took).isGreaterThanOrEqualTo(3 * STEP_MILLIS - 20);
        assertThat(frames.status().path("recorded").asBoolean()).isTrue();
    }

    @Test
    void fromATimeThatLaterRecordsHaveWhatCameBeforeIsNotShown() throws Exception {
        JobTopics topics = topics("later");
        Instant between;
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, topics, "before", 0);
            Thread.sleep(20);
            between = Instant.now();
            Thread.sleep(20);
            send(producer, topics, "after", 1);
        }

        try (Showing ignored = show(topics, between, false)) {
            await(1);
        }

        assertThat(shown).containsExactly("after");
    }

    @Test
    void fromNowOnWhatLiesThereIsNotShownAndNothingWaits() throws Exception {
        JobTopics topics = topics("now");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, topics, "there-before", 0);
            try (Showing ignored = show(topics, null, false)) {
                send(producer, topics, "live-1", 1);
                send(producer, topics, "live-2", 1_000_000);
                await(2);
            }
        }

        assertThat(shown).containsExactly("live-1", "live-2");
        assertThat(frames.status().path("recorded").asBoolean()).isFalse();
    }

    @Test
    void whereOnlyCommittedResultsAreAskedForAnAbortedOneIsNotShown() throws Exception {
        JobTopics topics = topics("committed");
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "job"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topics, "aborted", 0);
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, topics, "committed", 1);
            producer.commitTransaction();
        }

        try (Showing ignored = show(topics, Instant.EPOCH, true)) {
            await(1);
        }
        assertThat(shown).containsExactly("committed");

        shown.clear();
        try (Showing ignored = show(topics, Instant.EPOCH, false)) {
            await(2);
        }
        assertThat(shown).containsExactly("aborted", "committed");
    }

    @Test
    void aBurstOfRejectionsIsCountedToTheLast() throws Exception {
        JobTopics topics = topics("burst");
        // One batch, so that the feed finds itself far behind after its first poll.
        Map<String, Object> together =
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG,
                        1000,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 20);
        try (KafkaProducer<byte[], byte[]> producer = producer(together);
                Showing ignored = show(topics, null, false)) {
            for (int i = 0; i < 300; i++) {
                reject(producer, topics, RejectionReason.DUPLICATE, i, CAPTURED);
            }
            producer.flush();
            awaitLines(300);
        }

        assertThat(lines.get()).isEqualTo(300);
        assertThat(frames.status().path("skipped").asLong()).isZero();
    }

    @Test
    void aWrongClockOfARejectedFrameStopsNeitherRejectionsNorResults() throws Exception {
        JobTopics topics = topics("clocks");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            Instant ahead = CAPTURED.plus(Duration.ofDays(1));
            reject(producer, topics, RejectionReason.BAD_CLOCK, 0, Instant.EPOCH);
            reject(producer, topics, RejectionReason.BAD_CLOCK, 1, ahead);
            reject(producer, topics, RejectionReason.DUPLICATE, 2, CAPTURED);
            try (Showing ignored = show(topics, Instant.EPOCH, false)) {
                awaitLines(3);
                send(producer, topics, "cam", 0);
                awaitFor(() -> shown.size() == 1);
            }
        }

        assertThat(lines.get()).isEqualTo(3);
        assertThat(shown).containsExactly("cam");
    }

    private void awaitLines(int count) throws InterruptedException {
        awaitFor(() -> lines.get() >= count);
    }

    private static void awaitFor(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Closing the producer waits for all.
    private static void reject(
            KafkaProducer<byte[], byte[]> producer,
            JobTopics topics,
            RejectionReason reason,
            long offset,
            Instant captured) {
        FrameRejection rejection =
                new FrameRejection(
                        reason,
                        "sequence",
                        "for the test",
                        new Provenance(topics.frames(), 0, offset, 0),
                        "cam",
                        captured.getEpochSecond() * 1_000_000_000L,
                        offset,
                        null,
                        0);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topics.rejected(), bytes("cam"), RejectionCodec.encode(rejection));
        record.headers().add(EventHeaders.TYPE, bytes(EventHeaders.REJECTION));
        record.headers().add(EventHeaders.TIME, bytes(captured.toString()));
        producer.send(record);
    }

    private static JobTopics topics(String name) throws Exception {
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, 1);
        return topics;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A result captured so many steps after the first; its value is read only to be drawn. */
    private static void send(
            KafkaProducer<byte[], byte[]> producer, JobTopics topics, String camera, int step)
            throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topics.depth(), bytes(camera), bytes("a result"));
        record.headers().add(EventHeaders.TYPE, bytes(EventHeaders.RESULT));
        Instant captured = CAPTURED.plusMillis((long) STEP_MILLIS * step);
        record.headers().add(EventHeaders.TIME, bytes(captured.toString()));
        producer.send(record).get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Showing show(JobTopics topics, Instant from, boolean committedOnly) {
        KafkaSettings kafka =
                JobSettingsReader.read(
                                Configuration.fromMap(
                                        Map.of(
                                                "kafka.bootstrap-servers",
                                                broker.bootstrapServers())))
                        .kafka();
        TopicFeed feed =
                TopicFeed.open(
                        kafka,
                        topics.frames(),
                        topics.depth(),
                        topics.rejected(),
                        from,
                        committedOnly,
                        new PrintWriter(complaints, true));
        NewestFrames fresh = new NewestFrames(System::nanoTime);
        fresh.add(new Recorder());
        frames = fresh;
        Thread thread = new Thread(() -> feed.run(fresh));
        thread.start();
        return new Showing(feed, thread);
    }

    private void await(int results) throws InterruptedException {
        while (shown.size() < results) {
            Thread.sleep(5);
        }
    }

    private record Showing(TopicFeed feed, Thread thread) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            feed.stop();
            thread.join();
            feed.close();
        }
    }

    private final class Recorder implements NewestFrames.Viewer {
        @Override
        public void published(ViewedFrame frame) {
            times.add(System.nanoTime());
            shown.add(frame.cameraId());
        }

        @Override
        public void line(FoxgloveMessage message) {
            lines.incrementAndGet();
        }
    }
}
