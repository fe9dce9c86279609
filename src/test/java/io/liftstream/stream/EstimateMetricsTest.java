package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.image.CpuInstructions;
import io.liftstream.testing.RecordedMetrics;
import org.junit.jupiter.api.Test;

class EstimateMetricsTest {
    @Test
    void aSlotTellsWhatComputesItsNetworksAndEachModelWhatItRunsOn() {
        RecordedMetrics group = new RecordedMetrics();
        EstimateMetrics metrics = new EstimateMetrics(group);

        metrics.markSlot(CpuInstructions.AVX2);
        metrics.markNetwork("depth@1", "CUDA 1");

        assertThat(group.value("instructions.avx2.cpuSlots")).isEqualTo(1);
        assertThat(group.value("network.CUDA 1 depth@1.openNetworks")).isEqualTo(1);
    }
}
