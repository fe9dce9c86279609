package io.liftstream.cli.bench;

import io.liftstream.cli.bench.LiveMeasurement.JobTimes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Notes when a live job reads each frame and when it sends its result. */
final class LiveTimes implements RecordListener {
    private final String framesTopic;
    private final String depthTopic;
    private final Map<FramePlace, Long> read = new ConcurrentHashMap<>();
    private final Queue<JobTimes> lifted = new ConcurrentLinkedQueue<>();

    LiveTimes(String framesTopic, String depthTopic) {
        this.framesTopic = framesTopic;
        this.depthTopic = depthTopic;
    }

    /** Now, in microseconds since 1970: all processes of a machine have this clock in common. */
    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
        long now = nowMicros();
        for (ConsumerRecord<byte[], byte[]> record : records.records(framesTopic)) {
            read.put(new FramePlace(record.partition(), record.offset()), now);
        }
    }

    @Override
    public void sent(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(depthTopic)) {
            FramePlace place = FramePlace.ofResult(record.headers());
            lifted.add(new JobTimes(place, read.remove(place), nowMicros()));
        }
    }

    @Override
    public void acknowledged(RecordMetadata record) {
        // Whoever reads the topic sees that the broker has it.
    }

    /** The frames that were lifted, in no order. */
    List<JobTimes> lifted() {
        return List.copyOf(lifted);
    }
}
