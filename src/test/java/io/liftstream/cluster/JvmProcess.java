package io.liftstream.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own whose output goes to one file. It does not outlive this JVM. */
final class JvmProcess implements AutoCloseable {

    private static final Duration ORDERLY_END = Duration.ofSeconds(20);
    private static final int LINES_IN_MESSAGE = 40;

    private final String name;
    private final Process process;
    private final Path log;
    private final int commandLineBytes;
    private final Thread reaper;

    private JvmProcess(String name, Process process, Path log, int commandLineBytes) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.commandLineBytes = commandLineBytes;
        this.reaper = new Thread(process::destroyForcibly, "end " + name);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /**
     * Starts {@code java} with these words.
     *
     * @param name of its log file
     * @param folder where the log goes, and where the process works
     * @param environment added to this JVM's, without what that says about ONNX Runtime
     */
    static JvmProcess start(
            String name, Path folder, Map<String, String> environment, List<String> words)
            throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        // The build sets it for its own JVMs; a cluster's operator may not know of it.
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        builder.environment().putAll(environment);
        int bytes = command.stream().mapToInt(word -> word.length() + 1).sum();
        return new JvmProcess(name, builder.start(), log, bytes);
    }

    int commandLineBytes() {
        return commandLineBytes;
    }

    /** Throws where the process has ended. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name
                            + " ended with status "
                            + process.exitValue()
                            + lastLines(LINES_IN_MESSAGE));
        }
    }

    /**
     * Waits for the end of a command.
     *
     * @return what it printed
     * @throws IllegalStateException with the output where the status is not 0, or no end comes
     */
    String awaitSuccess(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    name + " did not end within " + patience + lastLines(LINES_IN_MESSAGE));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    name
                            + " ended with status "
                            + process.exitValue()
                            + lastLines(LINES_IN_MESSAGE));
        }
        return output();
    }

    private String output() throws IOException {
        return Files.readString(log);
    }

    /** The last lines of the output under a heading, for people. */
    String lastLines(int count) throws IOException {
        List<String> lines = output().lines().toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - count))
                .collect(Collectors.joining("\n", "\n==== " + name + "\n", "\n"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
