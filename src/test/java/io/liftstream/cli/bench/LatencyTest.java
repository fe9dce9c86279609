package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.bench.LiveMeasurement.JobTimes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final FramePlace COUNTED = new FramePlace(1, 7);
    private static final FramePlace BEFORE = new FramePlace(1, 6);
    private static final long START = 1_700_000_000_000_000L;

    @Test
    void aFramesWayIsSplitWhereTheJobReadsItAndWhereItSendsTheResult() {
        LiveMeasurement job =
                new LiveMeasurement(
                        List.of(
                                new JobTimes(BEFORE, START - 9_000, START - 8_000),
                                new JobTimes(COUNTED, START + 3_000, START + 33_000)),
                        Map.of(
                                "batchWait", new long[] {5_000},
                                "prepare", new long[] {2_000},
                                "preprocess", new long[] {1_000},
                                "network", new long[] {12_000, 14_000},
                                "postprocess", new long[] {1_000},
                                "lift", new long[] {3_000}));

        Latency latency =
                Latency.of(
                        20,
                        Map.of(COUNTED, START),
                        Map.of(BEFORE, START - 7_000, COUNTED, START + 40_000),
                        job);

        assertThat(latency.frames()).isEqualTo(1);
        assertThat(p50(latency, "publish to result")).isEqualTo(40);
        assertThat(p50(latency, "of it not the network")).isEqualTo(27);
        assertThat(p50(latency, "broker: published to read by the job")).isEqualTo(3);
        // 30 ms in the job, less 5 + 2 + 1 + 13 + 1 + 3.
        assertThat(p50(latency, "order and queue")).isEqualTo(5);
        assertThat(p50(latency, "sink: sent to read by a consumer")).isEqualTo(7);
        assertThat(latency.parts().get("network").p99()).isEqualTo(14);
    }

    @Test
    void percentilesAreByNearestRank() {
        double[] micros = new double[100];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = 1000.0 * (100 - i);
        }

        assertThat(Percentiles.ofMicros(micros)).isEqualTo(new Percentiles(50, 95, 99));
        assertThat(Percentiles.ofMicros(new double[] {2500}))
                .isEqualTo(new Percentiles(2.5, 2.5, 2.5));
    }

    @Test
    void aResultNamesItsFrameWhateverItsModelIsCalled() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", "frames.of/3/42/models/tiny@abc".getBytes(StandardCharsets.UTF_8));

        assertThat(FramePlace.ofResult(headers)).isEqualTo(new FramePlace(3, 42));
    }

    private static double p50(Latency latency, String part) {
        return latency.parts().get(part).p50();
    }
}
