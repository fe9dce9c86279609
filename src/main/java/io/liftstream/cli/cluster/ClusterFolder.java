package io.liftstream.cli.cluster;

import io.liftstream.cli.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;

/**
 * The folder of a cluster that this or another process has started.
 *
 * @param path of the folder
 */
public record ClusterFolder(Path path) {

    private static final String PID_FILE = ".pid";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /**
     * {@return the cluster's processes that were not stopped, dead ones too, by name}
     *
     * @throws IOException where the folder cannot be read
     */
    public List<LocalProcess> processes() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(PID_FILE))
                    .sorted()
                    .map(name -> name.substring(0, name.length() - PID_FILE.length()))
                    .map(name -> new LocalProcess(path, name))
                    .toList();
        }
    }

    /** {@return the REST interface of the first JobManager; empty where there is no cluster} */
    public Optional<FlinkRest> rest() {
        Path conf = path.resolve("conf");
        if (!Files.exists(conf.resolve("config.yaml"))) {
            return Optional.empty();
        }
        Configuration flink = GlobalConfiguration.loadConfiguration(conf.toString());
        return Optional.of(
                new FlinkRest(
                        "http://"
                                + flink.get(RestOptions.ADDRESS)
                                + ":"
                                + flink.get(RestOptions.PORT)));
    }

    /**
     * Stops the processes, TaskManagers first: they would wait for their JobManager.
     *
     * @return how many ran
     * @throws IOException where a process cannot be stopped
     */
    public int stop() throws IOException {
        List<LocalProcess> lastStartedFirst = new ArrayList<>(processes());
        lastStartedFirst.sort(Comparator.comparingInt(ClusterFolder::stopOrder));
        int running = 0;
        for (LocalProcess process : lastStartedFirst) {
            running += process.isRunning() ? 1 : 0;
            process.stop(STOP_TIMEOUT);
        }
        return running;
    }

    private static int stopOrder(LocalProcess process) {
        return process.name().startsWith("task") ? 0 : process.name().startsWith("job") ? 1 : 2;
    }
}
