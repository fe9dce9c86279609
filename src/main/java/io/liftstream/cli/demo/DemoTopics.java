package io.liftstream.cli.demo;

import io.liftstream.job.LiftstreamOptions;

/** The topics' names. */
record DemoTopics(String frames, String depth, String rejected) {

    /** The names that the job has by default. */
    static DemoTopics defaults() {
        return new DemoTopics(
                LiftstreamOptions.TOPICS_FRAMES.defaultValue(),
                LiftstreamOptions.TOPICS_DEPTH.defaultValue(),
                LiftstreamOptions.TOPICS_REJECTED.defaultValue());
    }
}
