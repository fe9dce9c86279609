package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeterTest {

    @Test
    void theSteadyMiddleLeavesOutTheFirstFifthAndTheLastTenth() {
        Meter meter = new Meter(100);
        for (int i = 0; i < 100; i++) {
            meter.read(7);
            meter.done(i < 50 ? 1000 : 3000);
        }

        Measurement measured = meter.measured(new StageTimes(), null, null);

        assertThat(measured.frames()).isEqualTo(70);
        assertThat(measured.bytesIn()).isEqualTo(7);
        assertThat(measured.bytesOut()).isEqualTo(2000);
        assertThat(measured.seconds()).isPositive();
        assertThat(measured.framesPerSecond()).isEqualTo(70 / measured.seconds());
    }

    @Test
    void aRunThatRejectedFramesHasNoNumbers() {
        Meter meter = new Meter(2);
        meter.done(1);
        meter.done(1);
        meter.rejected();

        assertThatThrownBy(() -> meter.measured(new StageTimes(), null, null))
                .hasMessage("2 frames were lifted and 1 rejected");
    }

    @Test
    void aRunThatDidNotComeToItsEndHasNoNumbers() {
        Meter meter = new Meter(10);
        meter.done(1);

        assertThatThrownBy(() -> meter.measured(new StageTimes(), null, null))
                .hasMessage("1 frames were lifted and 0 rejected");
    }
}
