package io.liftstream.cli.broker;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.process.DataFolder;
import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code liftstream broker}: a Kafka broker on this machine. */
@Command(
        name = "broker",
        description = {
            "A single-node Kafka broker on 127.0.0.1: start, stop.",
            "It keeps running when the terminal closes. Only programs on this machine can connect;"
                    + " data is not replicated."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  liftstream broker start",
            "  liftstream topics create conf/local.yaml",
            "  liftstream broker stop"
        })
public final class BrokerCommand {
    private static final int HIGHEST_PORT = 65535;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "Where its data and log are kept; ~/.local/share/liftstream/broker if not given.")
    private Path folder;

    @Spec private CommandSpec spec;

    /**
     * Starts the broker and returns once it serves.
     *
     * @param port where it serves
     * @return the process's exit code
     * @throws IOException where it cannot be started
     */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Start the broker on its data, if it does not run.")
    public int start(
            @Option(names = "--port", defaultValue = "9092", description = "Its port on 127.0.0.1.")
                    int port)
            throws IOException {
        requirePort(port);
        LocalBroker broker = broker();
        Optional<String> serving = broker.address();
        if (serving.isPresent()) {
            out().printf(
                            Locale.ROOT,
                            "Kafka serves %s already, data in %s.%n",
                            serving.get(),
                            folder());
            return ExitCode.OK;
        }
        requireFree(port);
        broker.start(port);
        out().printf(
                        Locale.ROOT,
                        "Kafka serves %s, data in %s.%n",
                        broker.awaitAddress(),
                        folder());
        out().println("It runs until: liftstream broker stop" + dataOption());
        return ExitCode.OK;
    }

    /**
     * Stops the broker; its data stays.
     *
     * @return the process's exit code
     * @throws IOException where it cannot be stopped
     */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stop the broker; its data stays.")
    public int stop() throws IOException {
        LocalBroker broker = broker();
        if (!broker.process().isRunning()) {
            out().printf(Locale.ROOT, "No broker runs on the data in %s.%n", folder());
            return ExitCode.FAILED;
        }
        broker.close();
        out().printf(Locale.ROOT, "Kafka is stopped, its data stays in %s.%n", folder());
        return ExitCode.OK;
    }

    private static void requirePort(int port) {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new InvalidConfigurationException(
                    List.of("option --port is " + port + ": it must be from 1 to 65535"));
        }
    }

    private static void requireFree(int port) {
        if (!LoopbackPort.isFree(port)) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option --port is "
                                    + port
                                    + ": another program listens there, perhaps a broker; choose a free port"));
        }
    }

    private LocalBroker broker() {
        return new LocalBroker(folder());
    }

    private Path folder() {
        return folder == null ? DataFolder.of("broker") : folder;
    }

    private String dataOption() {
        return folder == null ? "" : " --data " + folder;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
