package io.liftstream.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that takes an order a line and answers each with a line. Ends with its input. */
final class ContenderProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 10;

    private final Process process;
    private final Path log;
    private final Writer orders;
    private final BufferedReader answers;

    private ContenderProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a command whose errors go to a file. */
    static ContenderProcess start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        return new ContenderProcess(builder.start(), log);
    }

    /**
     * Sends an order.
     *
     * @throws IOException with the process's own words, where it has ended
     */
    void order(String line) throws IOException {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private IOException ended(IOException cause) throws IOException {
        return new IOException("a contender ended: " + Files.readString(log), cause);
    }

    /**
     * The next line that begins so, without its beginning.
     *
     * @throws IOException with the process's own words, where it ends instead
     */
    String answer(String beginning) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw ended(null);
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
