package io.liftstream.cli.view;

import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.cli.console.RemovedRecords;
import io.liftstream.foxglove.RejectionMessages;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameRejection;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.RecordLookup;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.kafka.TopicTail;
import io.liftstream.wire.RejectionCodec;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;

/**
 * Results and rejections from their topics. Live, each record is handed over as it comes, and
 * results are passed over where reading falls behind; from a time on, each result waits for its
 * turn at the pace of capture. A rejection is never passed over, and waits for nothing: its time
 * may be what was wrong with the frame.
 */
final class TopicFeed implements Feed {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SHORT_POLL = Duration.ofMillis(5);
    private static final int MAX_QUEUED = 32;
    private static final long MAX_BEHIND = 64;

    private final TopicTail tail;
    private final RecordLookup frameRecords;
    private final FramePictures pictures;
    private final String description;
    private final String resultsTopic;
    private final String rejectedTopic;
    private final RecordedPace pace;
    private final RecordDecoder<FrameRejection> rejections;
    private final RecordDecoder<byte[]> results;
    private final RemovedRecords removed;
    private final Map<TopicPartition, Queue<ConsumerRecord<byte[], byte[]>>> queues =
            new HashMap<>();
    private volatile boolean stopped;

    /**
     * A feed of a tail that was opened.
     *
     * @param tail stands where reading begins
     * @param frameRecords the frames topic, or null where it does not exist
     * @param resultsTopic the topic of the tail that has results
     * @param rejectedTopic the one that has rejections
     * @param pace null for live
     * @param complaints is told of records that are no results and no rejections, and of those that
     *     are gone
     */
    private TopicFeed(
            TopicTail tail,
            RecordLookup frameRecords,
            String resultsTopic,
            String rejectedTopic,
            RecordedPace pace,
            String description,
            PrintWriter complaints) {
        this.tail = tail;
        this.frameRecords = frameRecords;
        this.pictures = new FramePictures(frameRecords);
        this.resultsTopic = resultsTopic;
        this.rejectedTopic = rejectedTopic;
        this.pace = pace;
        this.description = description;
        this.rejections =
                new RecordDecoder<>(EventHeaders.REJECTION, RejectionCodec::decode, complaints);
        this.results = new RecordDecoder<>(EventHeaders.RESULT, value -> value, complaints);
        this.removed = new RemovedRecords(complaints);
    }

    /**
     * Opens the topics of a job.
     *
     * @param framesTopic has the pictures
     * @param resultsTopic exists
     * @param rejectedTopic has the rejections
     * @param from where reading begins, by the broker's time; null for the ends of the topics, live
     * @param committedOnly whether records of open and aborted transactions are left out
     * @param complaints is told of topics that do not exist, and of records that are no results
     */
    static TopicFeed open(
            KafkaSettings kafka,
            String framesTopic,
            String resultsTopic,
            String rejectedTopic,
            Instant from,
            boolean committedOnly,
            PrintWriter complaints) {
        List<String> missing = new ArrayList<>();
        try (TopicChecks checks = new TopicChecks(kafka)) {
            for (String name : List.of(framesTopic, rejectedTopic)) {
                if (checks.settings(name).isEmpty()) {
                    missing.add(name);
                    complaints.println(checks.missing(name) + ": results are shown without it");
                }
            }
        }
        List<String> topics = new ArrayList<>(List.of(resultsTopic, rejectedTopic));
        topics.removeAll(missing);
        TopicTail tail = new TopicTail(kafka, topics, committedOnly);
        if (from == null) {
            tail.seekToEnd();
        } else {
            tail.seek(from);
        }
        return new TopicFeed(
                tail,
                missing.contains(framesTopic) ? null : new RecordLookup(kafka, framesTopic),
                resultsTopic,
                rejectedTopic,
                from == null ? null : new RecordedPace(System::nanoTime),
                resultsTopic + " on " + kafka.bootstrapServers(),
                complaints);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void run(NewestFrames frames) {
        if (pace != null) {
            frames.showRecording();
        }
        try {
            while (!stopped) {
                if (pace == null) {
                    readLive(frames);
                } else {
                    readPaced(frames);
                }
            }
        } catch (WakeupException | InterruptException e) {
            // stop() was called, or the program ends.
        }
    }

    private void readLive(NewestFrames frames) {
        for (ConsumerRecord<byte[], byte[]> record : tail.poll(POLL, removed::add)) {
            take(record, frames);
        }
        frames.countSkipped(tail.skipWhereBehind(resultsTopic, MAX_BEHIND));
    }

    private void readPaced(NewestFrames frames) {
        boolean idle = queues.values().stream().allMatch(Queue::isEmpty);
        Duration wait = idle ? POLL : SHORT_POLL;
        for (ConsumerRecord<byte[], byte[]> record : tail.poll(wait, removed::add)) {
            queues.computeIfAbsent(
                            new TopicPartition(record.topic(), record.partition()),
                            partition -> new ArrayDeque<>())
                    .add(record);
        }
        List<TopicPartition> full = new ArrayList<>();
        queues.forEach(
                (partition, queue) -> {
                    while (!queue.isEmpty() && isDue(queue.peek())) {
                        take(queue.remove(), frames);
                    }
                    if (queue.size() >= MAX_QUEUED) {
                        full.add(partition);
                    }
                });
        tail.fetchAllBut(full);
    }

    private boolean isDue(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(rejectedTopic)) {
            return true;
        }
        Long captured = captureNanos(record);
        return captured == null || pace.untilTurn(captured) <= 0;
    }

    /** Null where the record does not say. */
    private static Long captureNanos(ConsumerRecord<byte[], byte[]> record) {
        Header time = record.headers().lastHeader(EventHeaders.TIME);
        if (time == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(new String(time.value(), StandardCharsets.UTF_8));
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)),
                    instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, NewestFrames frames) {
        if (record.topic().equals(rejectedTopic)) {
            takeRejection(record, frames);
        } else {
            takeResult(record, frames);
        }
    }

    private void takeResult(ConsumerRecord<byte[], byte[]> record, NewestFrames frames) {
        byte[] value = results.decode(record);
        String camera =
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (value == null || !CameraId.isValid(camera)) {
            frames.countUnreadable();
        } else {
            frames.publish(new ResultFrame(camera, value, record.timestamp(), pictures));
        }
    }

    private void takeRejection(ConsumerRecord<byte[], byte[]> record, NewestFrames frames) {
        FrameRejection rejection = rejections.decode(record);
        if (rejection == null) {
            frames.countUnreadable();
            return;
        }
        String camera = rejection.cameraId();
        frames.reject(
                camera != null && CameraId.isValid(camera) ? camera : null,
                rejection.reason(),
                rejection.frameCount(),
                RejectionMessages.of(rejection, TimeUnit.MILLISECONDS.toNanos(record.timestamp())));
    }

    @Override
    public void stop() {
        stopped = true;
        tail.wakeup();
    }

    @Override
    public void close() {
        tail.close();
        if (frameRecords != null) {
            frameRecords.close();
        }
    }
}
