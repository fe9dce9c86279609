package io.liftstream.cli.bench;

import io.liftstream.job.JobSettings;
import io.liftstream.kafka.ProducerSettings;
import io.liftstream.wire.EncodedResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One thread's run: its partitions from their beginning to their end. */
final class LoopThread implements Callable<StageTimes> {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String FETCH_BYTES = Integer.toString(16 << 20);

    private final LoopSlot slot;
    private final JobSettings settings;
    private final int index;
    private final int threads;
    private final boolean produces;
    private final BenchRun run;

    LoopThread(
            LoopSlot slot,
            JobSettings settings,
            int index,
            int threads,
            boolean produces,
            BenchRun run) {
        this.slot = slot;
        this.settings = settings;
        this.index = index;
        this.threads = threads;
        this.produces = produces;
        this.run = run;
    }

    @Override
    public StageTimes call() {
        StageTimes times = new StageTimes();
        slot.measureInto(times);
        try (KafkaConsumer<byte[], byte[]> frames = framesConsumer()) {
            if (produces) {
                try (KafkaProducer<byte[], byte[]> producer = producer()) {
                    liftAll(frames, result -> send(result, producer));
                }
            } else {
                liftAll(frames, null);
            }
        }
        return times;
    }

    private void liftAll(KafkaConsumer<byte[], byte[]> consumer, Consumer<EncodedResult> results) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long left = ends.values().stream().mapToLong(Long::longValue).sum();
        int batch = settings.topology().batching().maxFrames();
        while (left > 0) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            for (int from = 0; from < records.size(); from += batch) {
                List<ConsumerRecord<byte[], byte[]>> some =
                        records.subList(from, Math.min(records.size(), from + batch));
                slot.lift(some, results);
                if (results == null) {
                    some.forEach(frame -> run.meter().done(0));
                }
            }
            left -= records.size();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // RecordWatch sees what the broker has.
    private void send(EncodedResult result, KafkaProducer<byte[], byte[]> producer) {
        producer.send(
                new ProducerRecord<>(
                        run.depthTopic(),
                        result.cameraId().getBytes(StandardCharsets.UTF_8),
                        result.value()));
    }

    private KafkaConsumer<byte[], byte[]> framesConsumer() {
        Properties properties = new Properties();
        properties.putAll(settings.kafka().clientProperties());
        properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(
                consumer.partitionsFor(settings.framesTopic()).stream()
                        .map(PartitionInfo::partition)
                        .filter(partition -> partition % threads == index)
                        .map(partition -> new TopicPartition(settings.framesTopic(), partition))
                        .toList());
        return consumer;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                ProducerSettings.of(settings.kafka(), settings.sink().maxResultBytes()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
