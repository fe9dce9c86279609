package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommittedOffsetsTest {
    private static final Instant HALF_A_MINUTE_AGO = Instant.parse("2026-01-31T08:00:00Z");
    private static final TopicPartition FIRST = new TopicPartition("frames", 0);
    private static final TopicPartition SECOND = new TopicPartition("frames", 1);

    @Test
    void aGroupThatHasCommittedGoesOnThere() {
        assertThat(offsets(HALF_A_MINUTE_AGO, Map.of(FIRST, 70L, SECOND, 71L)))
                .isEqualTo(Map.of(FIRST, 70L, SECOND, 71L));
    }

    @Test
    void aPartitionThatTheGroupHasNotMetBeginsAtItsBeginning() {
        assertThat(offsets(HALF_A_MINUTE_AGO, Map.of(FIRST, 70L)))
                .isEqualTo(Map.of(FIRST, 70L, SECOND, 5L));
    }

    @Test
    void aFirstStartBeginsWithTheFramesThatAreNotTooOld() {
        assertThat(offsets(HALF_A_MINUTE_AGO, Map.of())).isEqualTo(Map.of(FIRST, 90L, SECOND, 99L));
    }

    @Test
    void aFirstStartThatShedsNothingBeginsAtTheBeginning() {
        assertThat(offsets(null, Map.of())).isEqualTo(Map.of(FIRST, 5L, SECOND, 5L));
    }

    @Test
    void itTravelsToTheCluster() throws Exception {
        CommittedOffsets sent = InstantiationUtil.clone(new CommittedOffsets(HALF_A_MINUTE_AGO));

        assertThat(sent.getPartitionOffsets(List.of(FIRST), new Offsets(Map.of())))
                .isEqualTo(Map.of(FIRST, 90L));
    }

    private static Map<TopicPartition, Long> offsets(
            Instant firstStart, Map<TopicPartition, Long> committed) {
        return new CommittedOffsets(firstStart)
                .getPartitionOffsets(List.of(FIRST, SECOND), new Offsets(committed));
    }

    /** Offsets 5 to 98; the first partition has recent frames from 90 on, the second has none. */
    private record Offsets(Map<TopicPartition, Long> committed)
            implements PartitionOffsetsRetriever {
        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            return committed;
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
            assertThat(timestamps.values()).containsOnly(HALF_A_MINUTE_AGO.toEpochMilli());
            return Map.of(FIRST, new OffsetAndTimestamp(90, HALF_A_MINUTE_AGO.toEpochMilli()));
        }

        private static Map<TopicPartition, Long> all(
                Collection<TopicPartition> partitions, long offset) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, offset));
            return offsets;
        }
    }
}
