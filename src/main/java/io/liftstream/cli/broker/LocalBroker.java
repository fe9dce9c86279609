package io.liftstream.cli.broker;

import io.liftstream.cli.process.LocalProcess;
import io.liftstream.frame.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kafka broker of one node in a process of its own, on 127.0.0.1 alone, with its data in a
 * folder. A broker that was stopped or killed can be started again on its data.
 */
public final class LocalBroker implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 50;
    private static final int LINES_IN_MESSAGE = 20;

    private static final String LOGGING =
            """
            rootLogger.level=WARN
            rootLogger.appenderRef.e.ref=e
            appender.e.type=Console
            appender.e.name=e
            appender.e.target=SYSTEM_ERR
            appender.e.layout.type=PatternLayout
            appender.e.layout.pattern=%d %p %c %m%n
            """;

    private final Path folder;
    private final LocalProcess process;

    /**
     * The broker of a folder, which may run already.
     *
     * @param folder of its data and log
     */
    public LocalBroker(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.process = new LocalProcess(this.folder, "broker");
    }

    /**
     * Starts a broker that outlives this process; {@link #awaitAddress} says when it serves.
     *
     * @param port where it will serve
     * @throws IllegalStateException where it runs already
     * @throws IOException where it cannot be started
     */
    public void start(int port) throws IOException {
        start(List.of(folder.toString(), Integer.toString(port)));
    }

    /**
     * Starts a broker that ends with this process, be that one killed or not.
     *
     * @param port where it will serve
     * @throws IllegalStateException where it runs already
     * @throws IOException where it cannot be started
     */
    public void startForThisProcess(int port) throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        start(List.of(folder.toString(), Integer.toString(port), self));
    }

    private void start(List<String> arguments) throws IOException {
        Files.createDirectories(folder);
        if (!process.isRunning()) {
            Files.deleteIfExists(readyFile());
        }
        Path logging = folder.resolve("log4j2.properties");
        Files.writeString(logging, LOGGING);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dlog4j2.configurationFile=" + logging.toUri(),
                                "-cp",
                                LocalProcess.ownClassPath(),
                                BrokerProcess.class.getName()));
        words.addAll(arguments);
        process.start(Map.of(), words);
    }

    /**
     * Waits until the broker serves.
     *
     * @return host:port
     * @throws IOException where it ends instead, or time runs out, with the end of its log; it is
     *     stopped then
     */
    public String awaitAddress() throws IOException {
        return awaitAddress(START_TIMEOUT);
    }

    String awaitAddress(Duration timeout) throws IOException {
        try {
            awaitReady(timeout);
            return Files.readString(readyFile());
        } catch (IOException e) {
            try (this) {
                throw e;
            }
        }
    }

    private void awaitReady(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!Files.exists(readyFile())) {
            if (!process.isRunning()) {
                throw notReady("has ended");
            }
            if (System.nanoTime() > deadline) {
                throw notReady("is not ready after " + DurationText.of(timeout));
            }
            pause();
        }
    }

    private IOException notReady(String what) throws IOException {
        return new IOException(
                "the Kafka broker " + what + "\n" + process.lastLines(LINES_IN_MESSAGE));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the Kafka broker starts", e);
        }
    }

    private Path readyFile() {
        return folder.resolve(BrokerProcess.READY_FILE);
    }

    /**
     * {@return where it serves, host:port; empty where it does not run}
     *
     * @throws IOException where its folder cannot be read
     */
    public Optional<String> address() throws IOException {
        return process.isRunning() && Files.exists(readyFile())
                ? Optional.of(Files.readString(readyFile()))
                : Optional.empty();
    }

    /** {@return its process, to be killed or paused} */
    public LocalProcess process() {
        return process;
    }

    /** Stops the broker in an orderly way; its data stays. */
    @Override
    public void close() throws IOException {
        process.stop(STOP_TIMEOUT);
        Files.deleteIfExists(readyFile());
    }
}
