package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessUseTest {
    private static final String NUMBERS =
            " S 1 2 3 4 5 6 7 8 9 10 250 30 0 0 20 0 40 0 0 0 0 0 0 0 0 0 0 0";

    @Test
    void theTimeOfTheMachinesThreadsIsThatOfUserAndSystem() {
        long nanos = 2_800_000_000L;
        assertThat(MachineThreads.of("17 (GC Thread#1)" + NUMBERS))
                .isEqualTo(new MachineThreads(nanos, 0));
        assertThat(MachineThreads.of("18 (G1 Conc#0)" + NUMBERS))
                .isEqualTo(new MachineThreads(nanos, 0));
        assertThat(MachineThreads.of("19 (C2 CompilerThre)" + NUMBERS))
                .isEqualTo(new MachineThreads(0, nanos));
    }

    @Test
    void otherThreadsDoNotCountWhateverIsInTheirNames() {
        MachineThreads none = new MachineThreads(0, 0);
        assertThat(MachineThreads.of("20 (EstimateDepth (1)" + NUMBERS)).isEqualTo(none);
        assertThat(MachineThreads.of("21 (My GC Thread)" + NUMBERS)).isEqualTo(none);
    }

    @Test
    void aCompilerHasWorkedInThisProcess() {
        assertThat(MachineThreads.now().compilerNanos()).isPositive();
    }

    @Test
    void whatIsAllocatedIsCounted() {
        long before = ProcessUse.now().allocatedBytes();

        byte[] some = new byte[8 << 20];

        assertThat(ProcessUse.now().allocatedBytes() - before).isGreaterThan(some.length);
    }
}
