package io.liftstream.job;

import org.apache.flink.configuration.Configuration;

/**
 * What a user said of a job, in two layers between which a program can put its own options.
 *
 * @param file of the configuration file
 * @param words of the command line; they win over the file
 */
public record ConfigurationLayers(Configuration file, Configuration words) {

    /** {@return what the user said} */
    public Configuration merged() {
        return with(new JobOverrides(), new JobOverrides());
    }

    /**
     * {@return what the user said, and what a program says besides}
     *
     * @param derived wins over the file, but not over the user's words
     * @param decided wins over both
     */
    public Configuration with(JobOverrides derived, JobOverrides decided) {
        Configuration merged = new Configuration(file);
        merged.addAll(derived.toConfiguration());
        merged.addAll(words);
        merged.addAll(decided.toConfiguration());
        return merged;
    }

    /**
     * {@return these layers with options over the file's}
     *
     * @param overrides as if the file had them
     */
    public ConfigurationLayers overFile(JobOverrides overrides) {
        Configuration amended = new Configuration(file);
        amended.addAll(overrides.toConfiguration());
        return new ConfigurationLayers(amended, words);
    }
}
