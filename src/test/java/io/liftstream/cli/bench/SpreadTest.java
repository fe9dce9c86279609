package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianOfAnEvenNumberOfRoundsIsBetweenTheMiddleTwo() {
        assertThat(Spread.of(4, 1, 3, 10)).isEqualTo(new Spread(3.5, 1, 10));
        assertThat(Spread.of(4, 1, 3)).isEqualTo(new Spread(3, 1, 4));
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        List<Measurement> job = List.of(of(10, 1), of(20, 1));
        List<Measurement> loop = List.of(of(20, 1), of(40, 1));

        assertThat(Spread.ofRatios(job, loop, Measurement::framesPerSecond))
                .isEqualTo(new Spread(0.5, 0.5, 0.5));
    }

    @Test
    void whatNoRoundMeasuredHasNoSpread() {
        assertThat(Spread.of(List.of(of(1, 1)), Measurement::networkCpuMillis)).isNull();
    }

    @Test
    void processesSideBySideAddTheirRatesAndShareTheirFrames() {
        Measurement both = PythonRacer.together(List.of(of(10, 2), of(10, 1)));

        assertThat(both.framesPerSecond()).isEqualTo(15);
        assertThat(both.frames()).isEqualTo(20);
        assertThat(both.cpuMillis()).isEqualTo(5);
        assertThat(both.peakMemoryBytes()).isEqualTo(200);
    }

    private static Measurement of(double frames, double seconds) {
        return new Measurement(
                frames, seconds, 5, null, null, null, null, Map.of(), null, 1, 2, 3.0, 4.0, 100);
    }
}
