package io.liftstream.cli.console;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * Says what was done if the process is asked to end, by Ctrl-C for example, before the work has.
 */
public final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /**
     * From now on an interruption is told of.
     *
     * @param out where
     * @param done says what was done until then, in one line
     * @return to be closed when the work has ended
     */
    public static Interruption toldOf(PrintWriter out, Supplier<String> done) {
        Thread hook =
                new Thread(
                        () -> {
                            out.println("Interrupted: " + done.get());
                            out.flush();
                        },
                        "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook says so.
        }
    }
}
