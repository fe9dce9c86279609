package io.liftstream.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.process.DataFolder;
import io.liftstream.cli.process.LocalProcess;
import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code liftstream cluster}: a Flink cluster on this machine. */
@Command(
        name = "cluster",
        description = {
            "A Flink cluster on 127.0.0.1: start, stop, status.",
            "JobManager and TaskManagers are separate JVMs with conf/flink/config.yaml; they keep"
                    + " running when the terminal closes. Submit jobs with the script flink in the cluster's"
                    + " folder, Flink's own command line."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  liftstream cluster start --task-managers 2",
            "  liftstream cluster start --ha -D taskmanager.memory.process.size=2g",
            "  liftstream cluster status",
            "  liftstream cluster stop"
        })
public final class ClusterCommand {

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "Where configuration, logs and checkpoints are kept;"
                            + " ~/.local/share/liftstream/cluster if not given.")
    private Path folder;

    @Spec private CommandSpec spec;

    /**
     * Starts a cluster and returns once it takes jobs.
     *
     * @param taskManagers how many
     * @param highAvailability whether a ZooKeeper and a second JobManager are started
     * @param port of the web UI
     * @param options of Flink
     * @return the process's exit code
     * @throws IOException where it cannot be started
     */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Start a cluster.")
    public int start(
            @Option(
                            names = "--task-managers",
                            defaultValue = "1",
                            paramLabel = "N",
                            description =
                                    "Number of TaskManagers; each has two slots and takes up to 4 GiB.")
                    int taskManagers,
            @Option(
                            names = "--ha",
                            description =
                                    "High availability: a ZooKeeper, and a second JobManager that takes over when the first"
                                            + " one fails.")
                    boolean highAvailability,
            @Option(
                            names = "--port",
                            defaultValue = "8081",
                            description = "Port of the web UI and of job submission, on 127.0.0.1.")
                    int port,
            @Option(
                            names = "-D",
                            paramLabel = "KEY=VALUE",
                            description = "A Flink option that overrides conf/flink/config.yaml.")
                    Map<String, String> options)
            throws IOException {
        requireSense(taskManagers, port);
        Build build = Build.ofTheLauncher();
        Path jobJar = build.jobJar();
        LocalCluster cluster =
                LocalCluster.launch(
                        folder(),
                        build,
                        new ClusterPlan(
                                taskManagers,
                                highAvailability,
                                port,
                                options == null ? Map.of() : options,
                                Map.of()));
        cluster.awaitReady();
        out().printf(
                        Locale.ROOT,
                        "Flink's web UI is at %s, logs in %s.%n",
                        cluster.rest().address(),
                        folder());
        out().printf(
                        Locale.ROOT,
                        "Submit with: %s run -d %s CONFIG.yaml%n",
                        cluster.flink(),
                        jobJar);
        out().println("It runs until: liftstream cluster stop" + dataOption());
        return ExitCode.OK;
    }

    private void requireSense(int taskManagers, int port) throws IOException {
        List<String> problems = new ArrayList<>();
        if (taskManagers < 1) {
            problems.add("option --task-managers is " + taskManagers + ": it must be at least 1");
        }
        if (new ClusterFolder(folder()).processes().stream().anyMatch(LocalProcess::isRunning)) {
            problems.add(
                    "a cluster of "
                            + folder()
                            + " runs already: liftstream cluster stop"
                            + dataOption()
                            + " ends it");
        } else if (!LoopbackPort.isFree(port)) {
            problems.add(
                    "option --port is "
                            + port
                            + ": another program listens there, or it is not a valid port; choose a free port");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /**
     * Stops a cluster; its checkpoints and logs stay.
     *
     * @return the process's exit code
     * @throws IOException where it cannot be stopped
     */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stop the cluster; its checkpoints and logs stay.")
    public int stop() throws IOException {
        int stopped = new ClusterFolder(folder()).stop();
        if (stopped == 0) {
            out().printf(Locale.ROOT, "No cluster of %s runs.%n", folder());
            return ExitCode.FAILED;
        }
        out().printf(
                        Locale.ROOT,
                        "%d processes are stopped; %s keeps what they wrote.%n",
                        stopped,
                        folder());
        return ExitCode.OK;
    }

    /**
     * Tells of processes, slots and jobs.
     *
     * @return the process's exit code: 1 where not all is as it was started
     * @throws IOException where the folder cannot be read
     */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Print processes, slots and jobs; exit code 1 if a process is dead.")
    public int status() throws IOException {
        ClusterFolder cluster = new ClusterFolder(folder());
        List<LocalProcess> processes = cluster.processes();
        if (processes.isEmpty()) {
            out().printf(Locale.ROOT, "No cluster of %s runs.%n", folder());
            return ExitCode.FAILED;
        }
        for (LocalProcess process : processes) {
            out().printf(
                            Locale.ROOT,
                            "%-15s %s%n",
                            process.name(),
                            process.handle()
                                    .map(handle -> "process " + handle.pid())
                                    .orElse("dead, see " + process.log()));
        }
        cluster.rest().ifPresent(this::printOverview);
        return processes.stream().allMatch(LocalProcess::isRunning) ? ExitCode.OK : ExitCode.FAILED;
    }

    private void printOverview(FlinkRest rest) {
        JsonNode overview = rest.get("/overview");
        if (overview.isEmpty()) {
            out().printf(Locale.ROOT, "%s does not answer.%n", rest.address());
            return;
        }
        out().printf(
                        Locale.ROOT,
                        "%s: %d of %d slots are free.%n",
                        rest.address(),
                        overview.path("slots-available").asInt(),
                        overview.path("slots-total").asInt());
        for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
            out().printf(
                            Locale.ROOT,
                            "%s %-10s %s%n",
                            job.path("jid").asText(),
                            job.path("state").asText(),
                            job.path("name").asText());
        }
    }

    private Path folder() {
        return folder == null ? DataFolder.of("cluster") : folder.toAbsolutePath();
    }

    private String dataOption() {
        return folder == null ? "" : " --data " + folder;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
