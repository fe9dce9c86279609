package io.liftstream.job;

import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.SinkSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole configuration, checked.
 *
 * @param name the job's
 * @param mode live or replay
 * @param kafka how to reach the brokers
 * @param framesTopic read
 * @param depthTopic written
 * @param rejectedTopic written
 * @param calibrationTopic read; null for none
 * @param start where a job without a checkpoint begins
 * @param end where a replay ends
 * @param listed of a replay, the frames that it lifts; null for all from start to end
 * @param sink what the sinks promise
 * @param topology settings of the operators
 * @param flink passed to Flink unchanged
 */
public record JobSettings(
        String name,
        JobMode mode,
        KafkaSettings kafka,
        String framesTopic,
        String depthTopic,
        String rejectedTopic,
        String calibrationTopic,
        ReadPosition start,
        ReadPosition end,
        ListedFrames listed,
        SinkSettings sink,
        TopologySettings topology,
        Map<String, String> flink) {

    /**
     * {@return the settings of a replay that lifts these frames and no others}
     *
     * @param frames on the frames topic
     */
    public JobSettings liftingOnly(ListedFrames frames) {
        return with(frames, flink);
    }

    /**
     * {@return these settings with options of Flink where they have none of their own}
     *
     * @param defaults by their keys
     */
    public JobSettings withFlinkDefaults(Map<String, String> defaults) {
        Map<String, String> merged = new HashMap<>(defaults);
        merged.putAll(flink);
        return with(listed, merged);
    }

    private JobSettings with(ListedFrames frames, Map<String, String> flinkOptions) {
        return new JobSettings(
                name,
                mode,
                kafka,
                framesTopic,
                depthTopic,
                rejectedTopic,
                calibrationTopic,
                start,
                end,
                frames,
                sink,
                topology,
                flinkOptions);
    }
}
