package io.liftstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

class SequencingScaleTest {

    private static final int FRAMES_EACH = 20;

    @Test
    void aCamerasStateIsAsLargeInALargeFleetAsInASmallOne() throws Exception {
        double small = stateOf(10);
        double large = stateOf(1_000);

        assertThat(large).isPositive().isCloseTo(small, withinPercentage(20));
    }

    private static double stateOf(int cameras) throws Exception {
        return SequencingScale.measure(
                        cameras,
                        SequencingScale.MAX_JITTER_MILLIS,
                        cameras * FRAMES_EACH,
                        new HashMapStateBackend())
                .stateBytesPerCamera();
    }
}
