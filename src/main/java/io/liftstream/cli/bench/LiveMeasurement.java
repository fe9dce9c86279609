package io.liftstream.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What the process of a live job saw.
 *
 * @param frames that it lifted
 * @param stageMicros the latest durations of each stage, microseconds a frame
 */
record LiveMeasurement(
        @JsonProperty("frames") List<JobTimes> frames,
        @JsonProperty("stage_micros") Map<String, long[]> stageMicros) {

    /**
     * When a frame passed through the job.
     *
     * @param place of the frame
     * @param readMicros when the job's consumer handed it out, microseconds since 1970
     * @param sentMicros when the job's producer was given its result
     */
    record JobTimes(
            @JsonProperty("place") FramePlace place,
            @JsonProperty("read_micros") long readMicros,
            @JsonProperty("sent_micros") long sentMicros) {}

    /** The mean of a stage, microseconds; 0 where it never ran. */
    double meanMicros(String stage) {
        long[] micros = stageMicros.getOrDefault(stage, new long[0]);
        long sum = 0;
        for (long one : micros) {
            sum += one;
        }
        return micros.length == 0 ? 0 : (double) sum / micros.length;
    }
}
