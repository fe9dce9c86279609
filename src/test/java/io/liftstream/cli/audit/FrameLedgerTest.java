package io.liftstream.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Provenance;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.PartitionRange;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FrameLedgerTest {
    private final FrameLedger ledger =
            new FrameLedger("frames", List.of(range(0, 100, 110), range(1, 5, 5)));

    @Test
    void offsetsWithoutAnOutcomeAreJoinedToStretches() {
        for (long offset : new long[] {100, 103, 104, 109}) {
            ledger.result(frame(0, offset));
        }

        assertThat(ledger.missing()).containsExactly(range(0, 101, 103), range(0, 105, 109));
        assertThat(ledger.repeated()).isEmpty();
    }

    @Test
    void aFrameIsCountedByItsFirstOutcomeAndRepeatedByTheOthers() {
        ledger.result(frame(0, 100));
        ledger.rejection(frame(0, 100));
        ledger.rejection(frame(0, 101));
        ledger.rejection(frame(0, 101));
        ledger.rejection(frame(0, 101));

        assertThat(ledger.results()).isEqualTo(1);
        assertThat(ledger.rejections()).isEqualTo(1);
        assertThat(ledger.repeated()).containsExactly(range(0, 100, 102));
    }

    @Test
    void ofListedFramesTheOffsetsBetweenThemDoNotCount() {
        FrameLedger listed =
                new FrameLedger(
                        ListedFrames.of("frames", List.of(frame(0, 7), frame(0, 3), frame(2, 1))));
        listed.result(frame(0, 3));
        listed.result(frame(0, 4));

        assertThat(listed.results()).isEqualTo(1);
        assertThat(listed.missing()).containsExactly(range(0, 7, 8), range(2, 1, 2));
        assertThat(listed.lacksOutcome(0, 5)).isFalse();
        assertThat(listed.stretches()).containsExactly(range(0, 3, 8), range(2, 1, 2));
        assertThat(listed.stretches().stream().map(listed::offsets)).containsExactly(2L, 1L);
    }

    @Test
    void framesOfOtherStretchesPartitionsAndTopicsDoNotCount() {
        ledger.result(frame(0, 99));
        ledger.result(frame(0, 110));
        ledger.result(frame(1, 5));
        ledger.result(frame(2, 100));
        ledger.result(new Provenance("others", 0, 100, 0));

        assertThat(ledger.results()).isZero();
        assertThat(ledger.missing()).containsExactly(range(0, 100, 110));
    }

    @Test
    void anOffsetLacksAnOutcomeWhereItCountsAndHasNone() {
        ledger.rejection(frame(0, 100));

        assertThat(ledger.lacksOutcome(0, 100)).isFalse();
        assertThat(ledger.lacksOutcome(0, 101)).isTrue();
        assertThat(ledger.lacksOutcome(0, 110)).isFalse();
        assertThat(ledger.lacksOutcome(7, 101)).isFalse();
    }

    @Test
    void risingOffsetsOfSeveralPartitionsAreJoinedEachForItself() {
        Stretches stretches = new Stretches();
        TopicPartition first = new TopicPartition("frames", 0);
        TopicPartition second = new TopicPartition("frames", 1);
        stretches.add(second, 4);
        stretches.add(first, 7);
        stretches.add(second, 5);
        stretches.add(first, 9);

        assertThat(stretches.all())
                .containsExactly(range(0, 7, 8), range(0, 9, 10), range(1, 4, 6));
    }

    private static Provenance frame(int partition, long offset) {
        return new Provenance("frames", partition, offset, 0);
    }

    private static PartitionRange range(int partition, long start, long end) {
        return new PartitionRange(new TopicPartition("frames", partition), start, end);
    }
}
