package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPositionTest {
    private static final List<TopicPartition> PARTITIONS =
            List.of(partition(0), partition(1), partition(2));

    @ParameterizedTest
    @ValueSource(strings = {"committed", " earliest ", "latest", "2026-01-31T08:00:00Z"})
    void aNamedPositionListsNoOffsets(String text) {
        ReadPosition position = ReadPosition.parse(text);

        assertThat(position.text()).isEqualTo(text.trim());
        assertThat(position.offsets()).isEmpty();
    }

    @Test
    void offsetsAreReadByPartition() {
        assertThat(ReadPosition.parse("0:1200,12:0").offsets())
                .containsExactlyInAnyOrderEntriesOf(Map.of(0, 1200L, 12, 0L));
    }

    @Test
    void aPositionMadeOfOffsetsIsTheOneThatItsTextSays() {
        ReadPosition position = ReadPosition.of(Map.of(0, 1200L, 12, 0L));

        assertThat(position).isEqualTo(ReadPosition.parse(position.text()));
        assertThat(position.offsets()).isEqualTo(Map.of(0, 1200L, 12, 0L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Earliest",
                "0",
                "0:",
                "0:1,",
                "0:-1",
                "0:1;1:2",
                "yesterday",
                "2026-01-31",
                "0:99999999999999999999",
                "99999999999:1",
                "0:1,0:2"
            })
    void anythingElseIsRefusedWithWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> ReadPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageMatching("(?s).*(write committed|name it once|below 2\\^).*");
    }

    @Test
    void aStartWithoutAnOffsetIsThePartitionsBeginningWhateverTheGroupHasCommitted()
            throws Exception {
        assertThat(
                        ReadPosition.parse("1:50")
                                .start("frames")
                                .getPartitionOffsets(PARTITIONS, new Offsets()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(partition(0), 5L, partition(1), 50L, partition(2), 5L));
    }

    @Test
    void anEndWithoutAnOffsetIsThePartitionsPresentEnd() throws Exception {
        assertThat(
                        ReadPosition.parse("1:50")
                                .end("frames")
                                .getPartitionOffsets(PARTITIONS, new Offsets()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(partition(0), 99L, partition(1), 50L, partition(2), 99L));
    }

    @Test
    void offsetsOfPartitionsThatTheTopicLacksAreNotAsked() throws Exception {
        assertThat(
                        ReadPosition.parse("0:7,5:50")
                                .start("frames")
                                .getPartitionOffsets(List.of(partition(0)), new Offsets()))
                .containsExactlyEntriesOf(Map.of(partition(0), 7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"committed", "earliest", "latest", "2026-01-31T08:00:00Z", "0:1,2:3"})
    void everyPositionTravelsToTheCluster(String text) throws Exception {
        ReadPosition position = ReadPosition.parse(text);

        assertThat(InstantiationUtil.clone(position)).isEqualTo(position);
        assertThat(InstantiationUtil.clone(position.start("frames"))).isNotNull();
        assertThat(InstantiationUtil.clone(position.end("frames"))).isNotNull();
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("frames", number);
    }

    /** A topic that holds offsets 5 to 98; its group has committed 70. */
    private static final class Offsets implements PartitionOffsetsRetriever {
        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            return all(partitions, 70);
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            return all(partitions, 99);
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return all(partitions, 5);
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> timestamps) {
            throw new AssertionError("no time was asked for");
        }

        private static Map<TopicPartition, Long> all(
                Collection<TopicPartition> partitions, long offset) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, offset));
            return offsets;
        }
    }
}
