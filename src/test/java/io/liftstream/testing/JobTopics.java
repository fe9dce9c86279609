package io.liftstream.testing;

/**
 * The topics of one job.
 *
 * @param frames read by it
 * @param depth written by it
 * @param rejected written by it
 */
public record JobTopics(String frames, String depth, String rejected) {

    /** Topics that start with a name of the test's own, so that tests can share a broker. */
    public static JobTopics named(String name) {
        return new JobTopics(name + ".frames", name + ".depth", name + ".rejected");
    }

    /** Output topics of another job on the same frames. */
    public JobTopics withOutputs(String name) {
        return new JobTopics(frames, name + ".depth", name + ".rejected");
    }
}
