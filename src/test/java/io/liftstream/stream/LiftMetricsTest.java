package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class LiftMetricsTest {
    private final Map<String, Histogram> histograms = new HashMap<>();
    private final LiftMetrics metrics = new LiftMetrics(new Histograms());

    private final class Histograms extends UnregisteredMetricsGroup {
        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            histograms.put(name, histogram);
            return histogram;
        }
    }

    @Test
    void anAgeIsToldByTheBrokersClockWhereItStampedTheFrameAndByTheCameras() {
        metrics.markAge(frame(1_000, true), 5_000);
        metrics.markAge(frame(1_000, false), 6_000);

        assertThat(histograms.get("resultAgeMillis").getStatistics().getValues())
                .containsExactly(4_000L);
        assertThat(histograms.get("captureAgeMillis").getStatistics().getValues())
                .containsExactly(4_700L, 5_700L);
    }

    private static CameraFrame frame(long appendedMillis, boolean byBroker) {
        return new CameraFrame(
                "gate",
                300_000_000,
                1,
                new byte[] {1},
                new Provenance("frames", 0, 7, appendedMillis, byBroker));
    }
}
