package io.liftstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Provenance;
import io.liftstream.wire.ReadResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * {@code in = results + rejections}, frame by frame: what lies on the frames topic against what a
 * job made of it.
 */
public final class FrameAccounting {
    /** A frame's place in its camera's order. */
    private static final Comparator<ReadResult> POSITION =
            Comparator.comparing(ReadResult::epoch, Integer::compareUnsigned)
                    .thenComparing(ReadResult::captureTimeNanos)
                    .thenComparing(ReadResult::sequence, Long::compareUnsigned);

    private FrameAccounting() {}

    /** Each record of the frames topic became one result or one rejection, once. */
    public static void assertEachFrameOnce(Broker broker, JobTopics topics, JobOutcomes outcomes) {
        List<String> accounted = accounted(topics, outcomes);
        assertThat(accounted).as("results and rejections").doesNotHaveDuplicates();
        assertThat(new HashSet<>(accounted)).isEqualTo(framesOf(broker, topics.frames()));
    }

    /** Each record of the frames topic became a result or a rejection, once or more often. */
    public static void assertEachFrameAtLeastOnce(
            Broker broker, JobTopics topics, JobOutcomes outcomes) {
        assertThat(new HashSet<>(accounted(topics, outcomes)))
                .isEqualTo(framesOf(broker, topics.frames()));
    }

    /** Results of one frame have one id and equal bytes, however often it was lifted. */
    public static void assertRepeatsAreEqual(JobOutcomes outcomes) {
        Map<String, Set<String>> idsOfFrames = new TreeMap<>();
        Map<String, Set<ByteBuffer>> valuesOfIds = new TreeMap<>();
        for (ResultRecord result : outcomes.results()) {
            String id = result.headers().get("ce_id");
            add(idsOfFrames, placeOf(result.read().provenance()), id);
            add(valuesOfIds, id, ByteBuffer.wrap(result.value()));
        }
        assertThat(idsOfFrames.values()).as("ids of a frame").allMatch(ids -> ids.size() == 1);
        assertThat(valuesOfIds.values()).as("values of an id").allMatch(all -> all.size() == 1);
        assertThat(valuesOfIds).as("ids and frames").hasSameSizeAs(idsOfFrames);
    }

    private static <T> void add(Map<String, Set<T>> sets, String key, T value) {
        sets.computeIfAbsent(key, added -> new HashSet<>()).add(value);
    }

    /** How many results stand behind a result of their camera that is as new or newer. */
    public static long stepsBack(JobOutcomes outcomes) {
        return outcomes.resultsByCamera().values().stream()
                .mapToLong(FrameAccounting::stepsBack)
                .sum();
    }

    private static long stepsBack(List<ResultRecord> ofOneCamera) {
        long steps = 0;
        ReadResult last = null;
        for (ResultRecord record : ofOneCamera) {
            ReadResult next = record.read();
            steps += last != null && POSITION.compare(last, next) >= 0 ? 1 : 0;
            last = next;
        }
        return steps;
    }

    private static List<String> accounted(JobTopics topics, JobOutcomes outcomes) {
        return Stream.concat(
                        outcomes.results().stream().map(result -> result.read().provenance()),
                        outcomes.rejections().stream()
                                .flatMap(rejected -> rejected.rejection().frames().stream()))
                .filter(place -> place.topic().equals(topics.frames()))
                .map(FrameAccounting::placeOf)
                .toList();
    }

    /** Where a frame was read, as topic/partition/offset. */
    public static String placeOf(Provenance provenance) {
        return provenance.topic() + "/" + provenance.partition() + "/" + provenance.offset();
    }

    /** The places of all frames of a topic that only cameras have written to. */
    public static Set<String> framesOf(Broker broker, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        broker.clientSettings(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<String> places = new HashSet<>();
            ends.forEach(
                    (partition, end) -> {
                        for (long offset = 0; offset < end; offset++) {
                            places.add(topic + "/" + partition.partition() + "/" + offset);
                        }
                    });
            return places;
        }
    }
}
