package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.input.InputSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ListedFramesTest {
    private static final String TOPIC = "hall.frames";
    private static final List<Provenance> NAMED =
            List.of(
                    frame(TOPIC, 1, 40),
                    frame(TOPIC, 0, 9),
                    frame(TOPIC, 0, 3),
                    frame(TOPIC, 0, 9),
                    frame("other.frames", 2, 7));

    @Test
    void theFramesOfTheTopicAreListedOnce() {
        ListedFrames frames = ListedFrames.of(TOPIC, NAMED);

        assertThat(frames.topic()).isEqualTo(TOPIC);
        assertThat(frames.count()).isEqualTo(3);
        assertThat(frames.count(0)).isEqualTo(2);
        assertThat(frames.count(2)).isZero();
        assertThat(frames.contains(0, 3)).isTrue();
        assertThat(frames.contains(0, 4)).isFalse();
        assertThat(frames.contains(1, 3)).isFalse();
        assertThat(frames.contains(2, 7)).isFalse();
    }

    @Test
    void eachPartitionIsReadFromItsFirstToItsLast() {
        assertThat(ListedFrames.of(TOPIC, NAMED).ranges())
                .containsExactly(range(0, 3, 10), range(1, 40, 41));
    }

    @Test
    void framesOutsideWhatTheTopicHasAreLeftOut() {
        ListedFrames frames = ListedFrames.of(TOPIC, NAMED);

        ListedFrames kept = frames.within(List.of(range(0, 4, 10), range(1, 0, 40)));

        assertThat(kept.ranges()).containsExactly(range(0, 9, 10));
        assertThat(kept.count()).isOne();
        assertThat(frames.within(List.of(range(0, 3, 9))).contains(0, 3)).isTrue();
    }

    @Test
    void aPartitionWithoutAFrameIsNotRead() throws Exception {
        ListedFrames frames = InstantiationUtil.clone(ListedFrames.of(TOPIC, NAMED));
        List<TopicPartition> partitions = List.of(partition(0), partition(1), partition(2));

        assertThat(frames.start().getPartitionOffsets(partitions, new BeginningAt5()))
                .isEqualTo(Map.of(partition(0), 3L, partition(1), 40L, partition(2), 5L));
        assertThat(frames.end().getPartitionOffsets(partitions, new BeginningAt5()))
                .isEqualTo(Map.of(partition(0), 10L, partition(1), 41L, partition(2), 5L));
    }

    @Test
    void recordsThatAreNotListedArePassedOver() throws Exception {
        FrameDeserializationSchema schema =
                InstantiationUtil.clone(
                        new FrameDeserializationSchema(
                                InputSettings.LIFTSTREAM,
                                ListedFrames.of(TOPIC, NAMED),
                                new OffsetGaps()));
        schema.open(new Opening());
        List<ReceivedFrame> received = new ArrayList<>();

        for (long offset = 3; offset < 10; offset++) {
            schema.deserialize(
                    new ConsumerRecord<>(TOPIC, 0, offset, null, new byte[] {1}),
                    new ListCollector<>(received));
        }

        assertThat(received)
                .extracting(frame -> frame.rejection().provenance().offset())
                .containsExactly(3L, 9L);
    }

    private static Provenance frame(String topic, int partition, long offset) {
        return new Provenance(topic, partition, offset, 0);
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }

    private static PartitionRange range(int partition, long start, long end) {
        return new PartitionRange(partition(partition), start, end);
    }

    /** Only the beginning may be asked for. */
    private static final class BeginningAt5 implements PartitionOffsetsRetriever {
        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("the committed offsets do not matter");
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("the end does not matter");
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return partitions.stream()
                    .collect(java.util.stream.Collectors.toMap(own -> own, own -> 5L));
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times) {
            throw new AssertionError("times do not matter");
        }
    }

    /** What Flink opens a schema with. */
    private static final class Opening implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
        }
    }
}
