package io.liftstream.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command started; closed once, last first, at the end or when the process is interrupted.
 */
public final class OpenResources implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Thread hook = new Thread(this::interrupt, "cleanup");
    private final String command;

    private volatile boolean interrupted;

    /**
     * Nothing yet.
     *
     * @param command names what is started
     */
    public OpenResources(String command) {
        this.command = command;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * A folder that is deleted last.
     *
     * @return a new folder
     * @throws IOException where none can be made
     */
    public Path temporaryFolder() throws IOException {
        Path folder = Files.createTempDirectory("liftstream-" + command);
        add(() -> delete(folder));
        return folder;
    }

    /**
     * Closes this at the end.
     *
     * @param resource to close
     * @param <T> its type
     * @return the resource
     */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /**
     * Tells whether the process is ending before the command has.
     *
     * @return whether what fails from now on is no fault
     */
    public boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        interrupted = true;
        closeAll();
    }

    private synchronized void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.err.println("while stopping the " + command + ": " + e);
            }
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs now and finds nothing left.
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        IOException first = null;
        for (Path path : deepestFirst) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
