package io.liftstream.job;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Options that a program sets for a job: Liftstream's own, and those that the job hands to Flink.
 */
public final class JobOverrides {

    private final Configuration values = new Configuration();

    /**
     * Sets an option of the job.
     *
     * @param option of {@link LiftstreamOptions} or {@link OrderingOptions}
     * @param value its value
     * @return this
     * @param <T> type of the value
     */
    public <T> JobOverrides set(ConfigOption<T> option, T value) {
        values.set(option, value);
        return this;
    }

    /**
     * Sets an option of the job's Flink.
     *
     * @param option of Flink
     * @param value its value
     * @return this
     * @param <T> type of the value
     */
    public <T> JobOverrides setFlink(ConfigOption<T> option, T value) {
        new Configuration()
                .set(option, value)
                .toMap()
                .forEach(
                        (key, text) ->
                                values.setString(LiftstreamOptions.FLINK_PREFIX + key, text));
        return this;
    }

    /**
     * Adds options; they win over those set before.
     *
     * @param others to add
     * @return this
     */
    public JobOverrides addAll(JobOverrides others) {
        values.addAll(others.values);
        return this;
    }

    Configuration toConfiguration() {
        return values;
    }
}
