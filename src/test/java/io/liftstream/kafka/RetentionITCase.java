package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of any date on a broker that deletes what is older than an hour, twice a second. */
class RetentionITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int FRAMES_EACH = 6;

    @SuppressWarnings("TimeInStaticInitializer") // One moment for all frames of the run.
    private static final List<Instant> DATES =
            List.of(
                    Instant.parse("1970-01-01T00:00:00Z"),
                    Instant.parse("2020-02-29T12:00:00Z"),
                    Instant.now().plus(Duration.ofMinutes(2)));

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        broker =
                EmbeddedBroker.start(
                        Map.of(
                                "log.retention.ms", "3600000",
                                "log.retention.check.interval.ms", "500",
                                "log.initial.task.delay.ms", "500"));
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void resultsOfALiveJobStayWhateverTheFramesDates() throws Exception {
        JobTopics topics = JobTopics.named("live");
        broker.createTopics(topics, 2);
        publish(topics.frames());
        long begin = System.currentTimeMillis();
        try (RunningJob job = RunningJob.live(broker, topics, folder, 1, List.of());
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.await(DATES.size() * FRAMES_EACH, job, TIMEOUT);
        }
        assertKept(topics, begin);
    }

    @Test
    void resultsOfAReplayStayWhateverTheFramesDates() throws Exception {
        JobTopics topics = JobTopics.named("replay");
        broker.createTopics(topics, 2);
        publish(topics.frames());
        long begin = System.currentTimeMillis();
        try (RunningJob job = RunningJob.replay(broker, topics, folder, 1, List.of())) {
            job.awaitEnd(TIMEOUT);
        }
        assertKept(topics, begin);
    }

    /** Each camera lives in a time of its own. */
    private static void publish(String topic) {
        try (FramePublisher publisher = new FramePublisher(broker, topic)) {
            for (int camera = 0; camera < DATES.size(); camera++) {
                long start = TimeUnit.SECONDS.toNanos(DATES.get(camera).getEpochSecond());
                RenderedFleet fleet = new RenderedFleet(DATES.size(), 64, 48, start, 100_000_000L);
                for (int sequence = 0; sequence < FRAMES_EACH; sequence++) {
                    publisher.publish(
                            RenderedFleet.cameraId(camera), fleet.message(camera, sequence));
                }
            }
        }
    }

    private static void assertKept(JobTopics topics, long begin) throws Exception {
        awaitDeletionOfOldRecords(topics.frames() + ".control");
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.readToEnd(QUIET);
            assertThat(outcomes.rejections()).isEmpty();
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertThat(outcomes.resultsByCamera().values())
                    .allSatisfy(results -> assertThat(results).hasSize(FRAMES_EACH));
            assertThat(outcomes.results())
                    .extracting(ResultRecord::brokerTimeMillis)
                    .allSatisfy(sent -> assertThat(sent).isBetween(begin, now()));
            assertThat(outcomes.results())
                    .extracting(result -> result.headers().get("ce_time").substring(0, 4))
                    .contains("1970", "2020");
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    /** Shows that the broker does delete: a record that is stamped 2020 goes within seconds. */
    private static void awaitDeletionOfOldRecords(String topic) throws Exception {
        broker.createFramesTopic(topic, 1, "CreateTime");
        TopicPartition partition = new TopicPartition(topic, 0);
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                properties, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                properties,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            long old = Instant.parse("2020-02-29T12:00:00Z").toEpochMilli();
            producer.send(new ProducerRecord<>(topic, 0, old, null, new byte[100])).get();
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (consumer.beginningOffsets(List.of(partition)).get(partition) == 0) {
                assertThat(System.nanoTime()).as("the broker deletes nothing").isLessThan(deadline);
                Thread.sleep(100);
            }
        }
    }
}
