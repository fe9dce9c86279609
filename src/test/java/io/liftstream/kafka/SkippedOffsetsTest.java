package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.RecordedMetrics;
import org.junit.jupiter.api.Test;

class SkippedOffsetsTest {
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final SkippedOffsets skipped = new SkippedOffsets(metrics);

    @Test
    void skippedOffsetsAreCountedByPartition() {
        skipped.add("frames", 0, 40, 20);
        skipped.add("frames", 0, 50, 1);
        skipped.add("frames", 3, 9, 2);

        assertThat(metrics.count("partition.0.skippedOffsets")).isEqualTo(21);
        assertThat(metrics.count("partition.3.skippedOffsets")).isEqualTo(2);
    }

    @Test
    void aJumpBackSkipsNothingThatIsKnown() {
        skipped.add("frames", 0, 40, 20);
        skipped.add("frames", 0, 0, -41);

        assertThat(metrics.count("partition.0.skippedOffsets")).isEqualTo(20);
    }
}
