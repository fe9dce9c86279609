package io.liftstream.cli.demo;

import io.liftstream.job.JobSettings;

/** The topics' names. */
record DemoTopics(String frames, String depth, String rejected) {

    /** The names that the job uses. */
    static DemoTopics of(JobSettings settings) {
        return new DemoTopics(
                settings.framesTopic(), settings.depthTopic(), settings.rejectedTopic());
    }
}
