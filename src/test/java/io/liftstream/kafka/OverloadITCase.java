package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Provenance;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that send several times what the job can lift, for as long as it takes to see it. */
@Tag("alone")
class OverloadITCase {
    private static final int CAMERAS = 12;
    private static final Duration MAX_AGE = Duration.ofSeconds(4);

    /** Three times the load adds two seconds of age in three seconds, and then is shed. */
    private static final Duration SENDING = MAX_AGE.multipliedBy(3).dividedBy(2).plusSeconds(9);

    private static final Duration WATCHED = Duration.ofSeconds(6);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int FRAMES_FOR_RATE = 10 * CAMERAS;

    @TempDir Path folder;

    private final Map<Provenance, Long> appendedMillis = new ConcurrentHashMap<>();
    private int sent;

    @Test
    void resultsAreFreshAndEveryCameraIsSeenWhileThreeTimesAsMuchComesAsCanBeLifted()
            throws Exception {
        JobTopics topics = JobTopics.named("overload");
        List<String> options =
                List.of(
                        "--live.max-age",
                        MAX_AGE.toSeconds() + " s",
                        "--ordering.flush-after",
                        "1 s",
                        "--lifting.return-depth-image",
                        "false",
                        "--lifting.return-point-cloud",
                        "false",
                        // The test keeps every result: a fast machine makes thousands.
                        "--result.depth-map",
                        "none");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 2);
            try (JobOutcomes outcomes = new JobOutcomes(broker, topics);
                    RunningJob job = RunningJob.live(broker, topics, folder, 1, options)) {
                send(broker, topics, FRAMES_FOR_RATE, Duration.ZERO);
                outcomes.await(appendedMillis.size(), job, TIMEOUT);
                double framesASecond = 3 * rate(outcomes.results());

                int frames = (int) (SENDING.toSeconds() * framesASecond);
                long end = send(broker, topics, frames, SENDING);
                outcomes.await(appendedMillis.size(), job, TIMEOUT);

                FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
                check(watched(outcomes, end), framesASecond * WATCHED.toSeconds());
            }
        }
    }

    /** What was lifted in a second, without the first frames: those warm the JVM up. */
    private static double rate(List<ResultRecord> results) {
        List<ResultRecord> warm = results.subList(results.size() / 3, results.size());
        long millis = warm.get(warm.size() - 1).brokerTimeMillis() - warm.get(0).brokerTimeMillis();
        return warm.size() * 1000.0 / Math.max(1, millis);
    }

    /** What was sent last, when the job had shed down to the present. */
    private static List<ResultRecord> watched(JobOutcomes outcomes, long end) {
        return outcomes.results().stream()
                .filter(result -> result.brokerTimeMillis() >= end - WATCHED.toMillis())
                .filter(result -> result.brokerTimeMillis() < end)
                .toList();
    }

    private void check(List<ResultRecord> lifted, double framesSent) {
        assertThat(lifted).as("or this was no overload").hasSizeBetween(1, (int) (framesSent / 2));
        List<Long> ages = lifted.stream().map(this::ageMillis).sorted().toList();
        Map<String, Long> byCamera =
                lifted.stream()
                        .collect(
                                Collectors.groupingBy(
                                        result -> result.read().cameraId(), Collectors.counting()));
        System.out.printf(
                "Overload: %d of %.0f frames lifted; age in ms: median %d, most %d; by camera %d to"
                        + " %d%n",
                lifted.size(),
                framesSent,
                ages.get(ages.size() / 2),
                ages.get(ages.size() - 1),
                byCamera.values().stream().min(Long::compare).orElseThrow(),
                byCamera.values().stream().max(Long::compare).orElseThrow());
        assertThat(ages.get(ages.size() / 2)).as("median age, ms").isLessThan(2_000);
        assertThat(byCamera).hasSize(CAMERAS);
    }

    private long ageMillis(ResultRecord result) {
        Provenance frame = result.read().provenance();
        return result.brokerTimeMillis()
                - appendedMillis.get(
                        new Provenance(frame.topic(), frame.partition(), frame.offset(), 0));
    }

    /** Sends at an even rate; returns when that ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // Frames that were not sent are missed later.
    private long send(EmbeddedBroker broker, JobTopics topics, int frames, Duration time)
            throws Exception {
        RenderedFleet fleet = new RenderedFleet(CAMERAS, 320, 240, 0, 1);
        List<byte[]> pictures =
                IntStream.range(0, CAMERAS).mapToObj(camera -> fleet.jpeg(camera, 0)).toList();
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long begin = System.nanoTime();
            for (int i = 0; i < frames; i++) {
                int camera = sent % CAMERAS;
                String id = RenderedFleet.cameraId(camera);
                byte[] frame =
                        FrameEncoder.encode(
                                id,
                                System.currentTimeMillis() * 1_000_000,
                                sent++ / CAMERAS,
                                pictures.get(camera),
                                null);
                producer.send(
                        new ProducerRecord<>(
                                topics.frames(), id.getBytes(StandardCharsets.UTF_8), frame),
                        (record, failure) ->
                                appendedMillis.put(
                                        new Provenance(
                                                record.topic(),
                                                record.partition(),
                                                record.offset(),
                                                0),
                                        record.timestamp()));
                long due = begin + (i + 1) * time.toNanos() / frames;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            }
            producer.flush();
        }
        return System.currentTimeMillis();
    }
}
