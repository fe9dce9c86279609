package io.liftstream.cli.process;

import io.liftstream.files.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own that outlives who started it: another process finds it again by its folder and
 * name. {@code NAME.pid} says which process it is, {@code NAME.log} has what it prints.
 */
public final class LocalProcess {

    /** Start times are counted from the machine's, which is known to the second. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final Path folder;
    private final String name;

    /**
     * A process that runs, or one that {@link #start} will start.
     *
     * @param folder of its two files, where it works
     * @param name of the files, and of the process in messages
     */
    public LocalProcess(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /**
     * Starts {@code java} with these words; what it prints is appended to its log.
     *
     * @param environment added to that of this process; an empty value removes a variable
     * @param words options of the JVM, a main class and its arguments
     * @throws IllegalStateException where it runs already
     * @throws IOException where it cannot be started
     */
    public void start(Map<String, String> environment, List<String> words) throws IOException {
        if (isRunning()) {
            throw new IllegalStateException(name + " is running already: " + pidFile());
        }
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>();
        // A terminal that closes takes along what does not ignore SIGHUP.
        command.add("nohup");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        environment.forEach((variable, value) -> set(builder.environment(), variable, value));
        Process process = builder.start();
        WholeFile.write(
                pidFile(),
                (process.pid() + " " + startOf(process.toHandle()) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void set(Map<String, String> environment, String variable, String value) {
        if (value.isEmpty()) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
    }

    /** {@return the class path of this process, for another that works in another folder} */
    public static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** {@return the process; empty where it does not run} */
    public Optional<ProcessHandle> handle() {
        String[] words;
        try {
            words = Files.readString(pidFile()).strip().split(" ");
        } catch (IOException e) {
            return Optional.empty();
        }
        Instant started = Instant.parse(words[1]);
        // After a restart of the machine the number may be another process's.
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(
                        found ->
                                Duration.between(started, startOf(found))
                                                .abs()
                                                .compareTo(START_TOLERANCE)
                                        < 0);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** {@return whether it runs, be it paused or not} */
    public boolean isRunning() {
        return handle().isPresent();
    }

    /**
     * Asks the process to end, and waits for it; ends it by force where it does not. Nothing
     * happens where it does not run.
     *
     * @param timeout for an orderly end
     * @throws IOException where its file cannot be deleted
     */
    public void stop(Duration timeout) throws IOException {
        Optional<ProcessHandle> running = handle();
        if (running.isPresent()) {
            signal("CONT");
            running.get().destroy();
            if (!awaitEnd(running.get(), timeout)) {
                kill();
            }
        }
        Files.deleteIfExists(pidFile());
    }

    /**
     * Ends the process as {@code kill -9} does. Nothing happens where it does not run.
     *
     * @throws IllegalStateException where it goes on nevertheless
     */
    public void kill() {
        handle().ifPresent(
                        running -> {
                            running.destroyForcibly();
                            if (!awaitEnd(running, KILL_TIMEOUT)) {
                                throw new IllegalStateException(name + " cannot be ended");
                            }
                        });
    }

    /**
     * Stops the process in its tracks (SIGSTOP) until {@link #resume}.
     *
     * @throws IOException where it does not run, or is not this user's
     */
    public void pause() throws IOException {
        signal("STOP");
    }

    /**
     * Lets a paused process go on (SIGCONT).
     *
     * @throws IOException where it does not run, or is not this user's
     */
    public void resume() throws IOException {
        signal("CONT");
    }

    /** Java has no way to send these signals. */
    private void signal(String signal) throws IOException {
        ProcessHandle running = handle().orElseThrow(() -> new IOException(name + " does not run"));
        Process kill =
                new ProcessBuilder("kill", "-" + signal, Long.toString(running.pid()))
                        .redirectErrorStream(true)
                        .start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException(
                        new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while signalling " + name, e);
        }
    }

    private static boolean awaitEnd(ProcessHandle process, Duration timeout) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** {@return how the process is called in messages} */
    public String name() {
        return name;
    }

    /** {@return what the process prints} */
    public Path log() {
        return folder.resolve(name + ".log");
    }

    private Path pidFile() {
        return folder.resolve(name + ".pid");
    }

    /**
     * {@return the last lines of the log under a heading, for people}
     *
     * @param count how many at most
     * @throws IOException where the log cannot be read
     */
    public String lastLines(int count) throws IOException {
        List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        return lines.stream()
                .skip(Math.max(0, lines.size() - count))
                .collect(Collectors.joining("\n", "==== " + log() + "\n", "\n"));
    }
}
