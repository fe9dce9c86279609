package io.liftstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Provenance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * {@code in = results + rejections}, frame by frame: what lies on the frames topic against what a
 * job made of it.
 */
public final class FrameAccounting {
    private FrameAccounting() {}

    /** Each record of the frames topic became one result or one rejection, once. */
    public static void assertEachFrameOnce(
            EmbeddedBroker broker, JobTopics topics, JobOutcomes outcomes) {
        List<String> accounted = accounted(topics, outcomes);
        assertThat(accounted).as("results and rejections").doesNotHaveDuplicates();
        assertThat(new HashSet<>(accounted)).isEqualTo(framesOf(broker, topics.frames()));
    }

    /** Each record of the frames topic became a result or a rejection, once or more often. */
    public static void assertEachFrameAtLeastOnce(
            EmbeddedBroker broker, JobTopics topics, JobOutcomes outcomes) {
        assertThat(new HashSet<>(accounted(topics, outcomes)))
                .isEqualTo(framesOf(broker, topics.frames()));
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

    private static Set<String> framesOf(EmbeddedBroker broker, String topic) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
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
