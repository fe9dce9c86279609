package io.liftstream.cli.cluster;

import io.liftstream.cli.process.LocalProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process of a cluster, which can be killed and started again.
 *
 * @param process where it runs
 * @param environment that it is started with
 * @param words that it is started with
 */
public record ClusterNode(
        LocalProcess process, Map<String, String> environment, List<String> words) {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /**
     * Starts it, as it was started the first time.
     *
     * @throws IllegalStateException where it runs
     * @throws IOException where it cannot be started
     */
    public void start() throws IOException {
        process.start(environment, words);
    }

    /**
     * Asks it to end, and ends it by force where it does not.
     *
     * @throws IOException where its files cannot be deleted
     */
    public void stop() throws IOException {
        process.stop(STOP_TIMEOUT);
    }
}
