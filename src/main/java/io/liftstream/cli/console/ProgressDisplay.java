package io.liftstream.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of long work: a bar on a terminal, a line every few seconds elsewhere. */
public final class ProgressDisplay implements AutoCloseable {
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final String task;
    private long total;
    private final String unit;
    private final PrintStream out;
    private final ProgressBar bar;
    private long done;
    private long lastLineNanos = System.nanoTime();

    private ProgressDisplay(
            String task, long total, String unit, PrintStream out, ProgressBar bar) {
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.out = out;
        this.bar = bar;
    }

    /**
     * Begins to show a task of so many steps on standard error.
     *
     * @param task what is being done
     * @param total steps of the whole task
     * @param unit what a step is, for one: {@code image}
     * @return a display that shows no step yet
     */
    @SuppressWarnings(
            "SystemConsoleNull") // The launcher sets jdk.console, which keeps it null there.
    public static ProgressDisplay of(String task, long total, String unit) {
        boolean terminal = System.console() != null;
        ProgressBar bar =
                terminal
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(total)
                                .setUnit(" " + unit + "s", 1)
                                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                                .build()
                        : null;
        return new ProgressDisplay(task, total, unit, System.err, bar);
    }

    /** Shows lines alone. */
    static ProgressDisplay lines(String task, long total, String unit, PrintStream out) {
        return new ProgressDisplay(task, total, unit, out, null);
    }

    /**
     * Shows that this many steps are done.
     *
     * @param steps done so far, from 0
     */
    public synchronized void reached(long steps) {
        done = steps;
        if (bar != null) {
            bar.stepTo(steps);
        } else if (System.nanoTime() - lastLineNanos >= LINE_EVERY_NANOS) {
            printLine();
        }
    }

    /**
     * Corrects the number of steps, where it was an estimate.
     *
     * @param steps of the whole task
     */
    public synchronized void expect(long steps) {
        total = steps;
        if (bar != null) {
            bar.maxHint(steps);
        }
    }

    private void printLine() {
        lastLineNanos = System.nanoTime();
        out.println(task + ": " + done + " of " + total + " " + unit + (total == 1 ? "" : "s"));
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        } else {
            printLine();
        }
    }
}
