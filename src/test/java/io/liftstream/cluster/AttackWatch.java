package io.liftstream.cluster;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.wire.RejectionCodec;
import io.liftstream.wire.ResultDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what a job writes and keeps none of it: how long the steady cameras had no result, and what
 * became of everybody else's frames. Not thread-safe.
 */
final class AttackWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofMinutes(6);
    private static final long FRESH_MILLIS = 3_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String LIFTED = "lifted";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final JobTopics topics;
    private final Supervisor supervisor;
    private final Map<String, Long> sentMillis = new HashMap<>();
    private final Map<String, Long> ageMillis = new HashMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> outcomesOfSteady = new TreeMap<>();
    private long longestSilenceMillis;

    /** Looks after the cluster's processes. */
    @FunctionalInterface
    interface Supervisor {
        /** Throws, or starts again what has ended. */
        void look() throws IOException;
    }

    AttackWatch(EmbeddedBroker broker, JobTopics topics, Supervisor supervisor) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(topics.depth(), topics.rejected())) {
            consumer.partitionsFor(topic)
                    .forEach(at -> partitions.add(new TopicPartition(topic, at.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.topics = topics;
        this.supervisor = supervisor;
    }

    /** Waits until each steady camera's newest result is of the present, and counts from there. */
    void begin() throws IOException {
        awaitFresh();
        longestSilenceMillis = 0;
        outcomes.clear();
        outcomesOfSteady.clear();
    }

    /** Waits until so many frames of others are accounted for, and the steady cameras are fresh. */
    void awaitOutcomes(int frames) throws IOException {
        await(
                () -> outcomes.values().stream().mapToInt(Integer::intValue).sum() >= frames,
                frames + " outcomes");
        awaitFresh();
    }

    private void awaitFresh() throws IOException {
        ageMillis.clear();
        Set<String> steady = SteadyCameras.ids();
        await(
                () ->
                        ageMillis.keySet().equals(steady)
                                && ageMillis.values().stream().allMatch(age -> age < FRESH_MILLIS),
                "fresh results of " + steady);
    }

    private void await(BooleanSupplier done, String what) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!done.getAsBoolean()) {
            supervisor.look();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + TIMEOUT + " no " + what + ": " + this);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                accept(record);
            }
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String camera =
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        boolean steady = SteadyCameras.ids().contains(camera);
        Map<String, Integer> counted = steady ? outcomesOfSteady : outcomes;
        if (record.topic().equals(topics.rejected())) {
            FrameRejection rejection = RejectionCodec.decode(record.value());
            counted.merge(rejection.reason().name(), rejection.frameCount(), Integer::sum);
            return;
        }
        counted.merge(LIFTED, 1, Integer::sum);
        if (steady) {
            markSteady(camera, record);
        }
    }

    private void markSteady(String camera, ConsumerRecord<byte[], byte[]> record)
            throws IOException {
        long sent = record.timestamp();
        Long before = sentMillis.put(camera, sent);
        if (before != null) {
            longestSilenceMillis = Math.max(longestSilenceMillis, sent - before);
        }
        long captured = ResultDecoder.decode(record.value()).captureTimeNanos() / NANOS_PER_MILLI;
        ageMillis.put(camera, sent - captured);
    }

    /** The longest time between two results of one steady camera. */
    Duration longestSilence() {
        return Duration.ofMillis(longestSilenceMillis);
    }

    /** How many frames of others were refused for a reason. */
    int rejected(RejectionReason reason) {
        return outcomes.getOrDefault(reason.name(), 0);
    }

    /** How many frames of the steady cameras were refused for a reason. */
    int rejectedOfSteady(RejectionReason reason) {
        return outcomesOfSteady.getOrDefault(reason.name(), 0);
    }

    /** How many frames of others were lifted. */
    int lifted() {
        return outcomes.getOrDefault(LIFTED, 0);
    }

    @Override
    public String toString() {
        return "longest silence "
                + longestSilenceMillis / 1_000.0
                + " s; attack "
                + outcomes
                + "; steady cameras "
                + outcomesOfSteady;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
