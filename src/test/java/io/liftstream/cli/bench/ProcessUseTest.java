package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessUseTest {
    private static final String NUMBERS =
            " S 1 2 3 4 5 6 7 8 9 10 250 30 0 0 20 0 40 0 0 0 0 0 0 0 0 0 0 0";

    @Test
    void theTimeOfACollectorsThreadIsThatOfUserAndSystem() {
        assertThat(ProcessUse.collectorTicks("17 (GC Thread#1)" + NUMBERS)).isEqualTo(280);
        assertThat(ProcessUse.collectorTicks("18 (G1 Conc#0)" + NUMBERS)).isEqualTo(280);
    }

    @Test
    void otherThreadsDoNotCountWhateverIsInTheirNames() {
        assertThat(ProcessUse.collectorTicks("19 (EstimateDepth (1)" + NUMBERS)).isZero();
        assertThat(ProcessUse.collectorTicks("20 (My GC Thread)" + NUMBERS)).isZero();
    }

    @Test
    void whatIsAllocatedIsCounted() {
        long before = ProcessUse.now().allocatedBytes();

        byte[] some = new byte[8 << 20];

        assertThat(ProcessUse.now().allocatedBytes() - before).isGreaterThan(some.length);
    }
}
