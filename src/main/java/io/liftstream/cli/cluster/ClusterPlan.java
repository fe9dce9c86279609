package io.liftstream.cli.cluster;

import java.util.Map;

/**
 * What a cluster is made of.
 *
 * @param taskManagers how many, each with the slots of the reference configuration
 * @param highAvailability whether there is a ZooKeeper and a second JobManager, which takes over
 *     where the first one dies
 * @param restPort where the first JobManager serves its web UI and takes jobs
 * @param options of Flink, over those of the reference configuration
 * @param environment of every process, added to that of this one; an empty value removes
 */
public record ClusterPlan(
        int taskManagers,
        boolean highAvailability,
        int restPort,
        Map<String, String> options,
        Map<String, String> environment) {

    /**
     * Copies the options and the environment.
     *
     * @param taskManagers how many
     * @param highAvailability whether there are two JobManagers
     * @param restPort of the first JobManager
     * @param options of Flink
     * @param environment of every process
     */
    public ClusterPlan {
        options = Map.copyOf(options);
        environment = Map.copyOf(environment);
    }
}
