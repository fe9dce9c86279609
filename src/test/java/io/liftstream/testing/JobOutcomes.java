package io.liftstream.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.wire.RejectionCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a job has written so far, in the order of each partition; reads committed records only. Not
 * thread-safe.
 */
public final class JobOutcomes implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final JobTopics topics;
    private final List<ResultRecord> results = new ArrayList<>();
    private final List<RejectionRecord> rejections = new ArrayList<>();

    /** Reads both output topics from their beginning. */
    public JobOutcomes(Broker broker, JobTopics topics) {
        this.consumer = broker.committedConsumer();
        this.topics = topics;
        List<TopicPartition> partitions =
                List.of(topics.depth(), topics.rejected()).stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        if (partitions.stream().map(TopicPartition::topic).distinct().count() != 2) {
            throw new IllegalStateException(topics + " are not on the broker: " + partitions);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads until so many frames are accounted for, as results or as rejections, while the job
     * runs.
     */
    public void await(int frames, RunningJob job, Duration patience) throws Exception {
        await(() -> results.size() + rejectedFrames() >= frames, frames, job, patience);
    }

    /** A rejection may stand for several frames. */
    private int rejectedFrames() {
        return rejections.stream().mapToInt(record -> record.rejection().frameCount()).sum();
    }

    /** Reads until results of so many different frames are there, while the job runs. */
    public void awaitDistinct(int frames, RunningJob job, Duration patience) throws Exception {
        await(() -> idsOfResults().size() >= frames, frames, job, patience);
    }

    private void await(BooleanSupplier done, int frames, RunningJob job, Duration patience)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "after "
                                + patience
                                + " only "
                                + results.size()
                                + " results and "
                                + rejectedFrames()
                                + " rejected frames of "
                                + frames);
            }
            job.requireRunning();
            read(POLL);
        }
    }

    private Set<String> idsOfResults() {
        return results.stream()
                .map(result -> result.headers().get("ce_id"))
                .collect(Collectors.toSet());
    }

    /**
     * Reads all that is on the topics, until nothing more comes for the time given. A poll may find
     * nothing before the end: transactions leave marks, and those that failed leave records.
     */
    public void readToEnd(Duration quiet) throws InvalidProtocolBufferException {
        do {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                read(POLL);
            }
        } while (read(quiet) > 0);
    }

    /** Reads what comes within the time given; how many records came. */
    public int read(Duration wait) throws InvalidProtocolBufferException {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            accept(record);
            count++;
        }
        return count;
    }

    private void accept(ConsumerRecord<byte[], byte[]> record)
            throws InvalidProtocolBufferException {
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(
                        header ->
                                headers.put(
                                        header.key(),
                                        new String(header.value(), StandardCharsets.UTF_8)));
        if (record.topic().equals(topics.depth())) {
            results.add(new ResultRecord(key, headers, record.timestamp(), record.value()));
        } else {
            rejections.add(
                    new RejectionRecord(key, headers, RejectionCodec.decode(record.value())));
        }
    }

    /** The results read so far. */
    public List<ResultRecord> results() {
        return results;
    }

    /** The results read so far by camera, each camera's in the order of the topic. */
    public Map<String, List<ResultRecord>> resultsByCamera() {
        Map<String, List<ResultRecord>> byCamera = new LinkedHashMap<>();
        results.forEach(
                result ->
                        byCamera.computeIfAbsent(
                                        result.read().cameraId(), camera -> new ArrayList<>())
                                .add(result));
        return byCamera;
    }

    /** The rejections read so far. */
    public List<RejectionRecord> rejections() {
        return rejections;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
