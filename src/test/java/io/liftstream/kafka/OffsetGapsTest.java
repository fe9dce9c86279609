package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetGapsTest {
    private final OffsetGaps gaps = new OffsetGaps();

    @Test
    void offsetsInARowLeaveNothingOut() {
        gaps.beginAt(0, 7);

        assertThat(gaps.passed(0, 7)).isZero();
        assertThat(gaps.passed(0, 8)).isZero();
    }

    @Test
    void whatRetentionTookBeforeTheFirstRecordIsAGap() {
        gaps.beginAt(0, 20);

        assertThat(gaps.passed(0, 40)).isEqualTo(20);
        assertThat(gaps.passed(0, 41)).isZero();
    }

    @Test
    void whatRetentionTookWhileReadingIsAGap() {
        gaps.passed(0, 3);

        assertThat(gaps.passed(0, 10)).isEqualTo(6);
    }

    @Test
    void aTopicThatBeginsAgainIsAJumpBack() {
        gaps.beginAt(0, 500);

        assertThat(gaps.passed(0, 0)).isEqualTo(-500);
        assertThat(gaps.passed(0, 1)).isZero();
    }

    @Test
    void aReaderThatBeginsAnywhereMissesNothingBeforeItsFirstRecord() {
        gaps.beginAt(0, -1);

        assertThat(gaps.passed(0, 1000)).isZero();
    }

    @Test
    void eachPartitionHasItsOwn() {
        gaps.beginAt(0, 5);
        gaps.beginAt(1, 9);

        assertThat(gaps.passed(0, 5)).isZero();
        assertThat(gaps.passed(1, 11)).isEqualTo(2);
    }
}
