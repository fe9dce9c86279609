package io.liftstream.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What one run of a contender showed. The first group is of its steady middle, the second of all of
 * it. What a contender cannot tell is null.
 *
 * @param frames lifted in the steady middle
 * @param seconds that it lasted
 * @param cpuMillis processor time of the contender's process (of all of them, where it has
 *     several), a frame
 * @param collectorCpuMillis of it, garbage collection
 * @param compilerCpuMillis of it, the JIT compiler, which a longer run has done with
 * @param allocatedBytes heap allocated, a frame
 * @param networkCpuMillis processor time of the network's run, a frame
 * @param stageMillis mean wall-clock time of each stage, a frame
 * @param batchFrames mean number of frames of a batch
 * @param bytesIn a frame's record
 * @param bytesOut a frame's result; 0 where none is sent
 * @param startSeconds from the start of the run to its first result
 * @param startCpuSeconds processor time until then
 * @param peakMemoryBytes the most memory that the process ever held
 */
record Measurement(
        @JsonProperty("frames") double frames,
        @JsonProperty("seconds") double seconds,
        @JsonProperty("cpu_millis") double cpuMillis,
        @JsonProperty("collector_cpu_millis") Double collectorCpuMillis,
        @JsonProperty("compiler_cpu_millis") Double compilerCpuMillis,
        @JsonProperty("allocated_bytes") Double allocatedBytes,
        @JsonProperty("network_cpu_millis") Double networkCpuMillis,
        @JsonProperty("stage_millis") Map<String, Double> stageMillis,
        @JsonProperty("batch_frames") Double batchFrames,
        @JsonProperty("bytes_in") double bytesIn,
        @JsonProperty("bytes_out") double bytesOut,
        @JsonProperty("start_seconds") Double startSeconds,
        @JsonProperty("start_cpu_seconds") Double startCpuSeconds,
        @JsonProperty("peak_memory_bytes") double peakMemoryBytes) {

    double framesPerSecond() {
        return frames / seconds;
    }
}
