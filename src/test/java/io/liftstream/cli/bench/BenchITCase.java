package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a short bench writes to its file. */
class BenchITCase {
    private static final double PIXELS = 64 * 48;

    @TempDir private static Path folder;
    private static JsonNode root;

    @BeforeAll
    static void bench() throws Exception {
        Path file = folder.resolve("bench.json");
        TypedCommand command = new TypedCommand();
        int code =
                command.run(
                        "bench",
                        "--frames=60",
                        "--rounds=1",
                        "--size=64x48",
                        "--parallelism=1",
                        "--only=a,b,c",
                        "--latency=50",
                        "--flink.execution.checkpointing.interval=1 s",
                        // A camera's first frame, which nothing follows, waits for this.
                        "--ordering.flush-after=1 s",
                        "--java-options=-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                        "--out=" + file);
        assertThat(code).as(command.complaints()).isZero();
        root = new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void loopsAndJobLiftTheSameFramesAndAreCompared() {
        JsonNode bare = root.at("/contenders/bare_loop/0");
        JsonNode producing = root.at("/contenders/producing_loop/0");
        JsonNode job = root.at("/contenders/job/0");
        assertThat(root.get("contenders").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("bare_loop", "producing_loop", "job");
        assertThat(bare.get("bytes_out").asDouble()).isZero();
        // A depth map of floats and a cloud of 16 bytes a point.
        assertThat(job.get("bytes_out").asDouble()).isBetween(4 * PIXELS, 21 * PIXELS);
        // The job's steady scale drops a few other points.
        assertThat(producing.get("bytes_out").asDouble())
                .isCloseTo(job.get("bytes_out").asDouble(), withinPercentage(5));
        assertThat(producing.get("bytes_in")).isEqualTo(job.get("bytes_in"));
        for (JsonNode measured : List.of(bare, producing, job)) {
            assertThat(measured.get("cpu_millis").asDouble()).isPositive();
            assertThat(measured.get("allocated_bytes").asDouble()).isPositive();
            assertThat(measured.at("/stage_millis/network").asDouble()).isPositive();
        }
        assertThat(root.at("/job_over/frames_per_second/producing_loop/median").asDouble())
                .isPositive();
        assertThat(root.at("/machine/cores").asInt()).isPositive();
    }

    @Test
    void aLiveJobsLatencyIsMeasuredWithBothGuarantees() {
        JsonNode latency = root.get("latency");

        assertThat(latency.fieldNames())
                .toIterable()
                .containsExactly("at-least-once", "exactly-once");
        for (JsonNode guarantee : latency) {
            // The first fifth does not count.
            assertThat(guarantee.get("frames").asInt()).isEqualTo(48);
            JsonNode whole = guarantee.at("/millis/publish to result");
            assertThat(whole.get("p50").asDouble())
                    .isGreaterThan(guarantee.at("/millis/network/p50").asDouble());
            assertThat(whole.get("p99").asDouble())
                    .isGreaterThanOrEqualTo(whole.get("p50").asDouble());
        }
        // Read committed: a result is there once its checkpoint is complete.
        assertThat(latency.at("/exactly-once/millis/publish to result/p50").asDouble())
                .isGreaterThan(
                        latency.at("/at-least-once/millis/publish to result/p50").asDouble());
    }
}
